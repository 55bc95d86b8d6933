import type { Delivery } from '@jamie/testing';

/** What the bot makes of a payload: hands words in, shows nothing at all, or refuses with a private sentence. */
type Expected =
  | { readonly kind: 'asks'; readonly text: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refuses'; readonly words: RegExp };

export interface DocumentedPayload {
  /** Completes "makes the right thing of …". */
  readonly what: string;
  readonly expected: Expected;
  /** Writes it for a channel of its own, and for a message that stands there. */
  delivery(channel: string, ts: string): Delivery;
}

const TEAM = 'T0EMULATE';
const BOT = 'U0JAMIE';
const asks = (text: string): Expected => ({ kind: 'asks', text });
const nothing: Expected = { kind: 'nothing' };

type Fields = Readonly<Record<string, unknown>>;

/** The outer shape of docs.slack.dev/apis/events-api, with the fields of newer apps. */
function event(
  body: (channel: string, ts: string) => Fields,
  outer: Fields = {},
): DocumentedPayload['delivery'] {
  return (channel, ts) => ({
    kind: 'events_api',
    payload: {
      token: 'verification-token',
      team_id: TEAM,
      context_team_id: TEAM,
      context_enterprise_id: null,
      api_app_id: 'A0JAMIE',
      type: 'event_callback',
      event_id: `EvDOC${channel}`,
      event_time: 1_700_000_000,
      authorizations: [
        { enterprise_id: null, team_id: TEAM, user_id: BOT, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
      event_context: '4-documented',
      event: body(channel, ts),
      ...outer,
    },
  });
}

const written = (channel: string, ts: string, over: Fields = {}): Fields => ({
  type: 'message',
  user: 'U1',
  client_msg_id: '2f7e8bd0-0000-4000-8000-000000000000',
  text: `<@${BOT}> health`,
  team: TEAM,
  channel,
  channel_type: 'channel',
  ts,
  event_ts: ts,
  blocks: [{ type: 'rich_text', block_id: 'b1', elements: [] }],
  ...over,
});

/** Payloads in the shapes that Slack documents; ids are made up. */
export const DOCUMENTED_PAYLOADS: readonly DocumentedPayload[] = [
  {
    what: 'a mention',
    expected: asks('health'),
    delivery: event((channel, ts) => written(channel, ts, { type: 'app_mention' })),
  },
  {
    what: 'a mention with a label and escaped characters',
    expected: asks('why is a < b & c?'),
    delivery: event((channel, ts) =>
      written(channel, ts, { type: 'app_mention', text: `<@${BOT}|jamie> why is a &lt; b &amp; c?` }),
    ),
  },
  {
    what: 'a message with a file, whose words count',
    expected: asks('what is in this log?'),
    delivery: event((channel, ts) =>
      written(channel, ts, {
        subtype: 'file_share',
        text: `<@${BOT}> what is in this log?`,
        upload: false,
        files: [{ id: 'F1', name: 'app.log', mimetype: 'text/plain', size: 12, mode: 'snippet' }],
      }),
    ),
  },
  {
    what: 'an edited message',
    expected: nothing,
    delivery: event((channel, ts) => ({
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel,
      channel_type: 'channel',
      ts,
      event_ts: ts,
      message: { ...written(channel, '1699999999.000100'), edited: { user: 'U1', ts } },
      previous_message: written(channel, '1699999999.000100', { text: `<@${BOT}> helth` }),
    })),
  },
  {
    what: 'a deleted message',
    expected: nothing,
    delivery: event((channel, ts) => ({
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      channel,
      channel_type: 'channel',
      ts,
      event_ts: ts,
      deleted_ts: '1699999999.000100',
      previous_message: written(channel, '1699999999.000100'),
    })),
  },
  {
    what: 'the message of another app',
    expected: nothing,
    delivery: event((channel, ts) =>
      written(channel, ts, {
        subtype: 'bot_message',
        bot_id: 'B0OTHER',
        username: 'deployer',
        user: undefined,
      }),
    ),
  },
  {
    what: 'a message between other people',
    expected: nothing,
    delivery: event((channel, ts) => written(channel, ts, { text: 'lunch?' })),
  },
  {
    what: 'somebody who joins a channel',
    expected: nothing,
    delivery: event((channel, ts) =>
      written(channel, ts, { subtype: 'channel_join', text: '<@U1> has joined' }),
    ),
  },
  {
    what: 'a mention from a channel that is shared with another organisation',
    expected: { kind: 'refuses', words: /shared with another organisation/ },
    delivery: event((channel, ts) => written(channel, ts, { type: 'app_mention' }), {
      is_ext_shared_channel: true,
    }),
  },
  {
    what: 'a mention by somebody of another organisation',
    expected: { kind: 'refuses', words: /people of the workspace that I belong to/ },
    delivery: event(
      (channel, ts) =>
        written(channel, ts, { type: 'app_mention', user: 'U0GUEST', user_team: 'T0OTHER', team: 'T0OTHER' }),
      { is_ext_shared_channel: true },
    ),
  },
  {
    what: 'a mention with fields that nobody knows',
    expected: asks('health'),
    delivery: event(
      (channel, ts) =>
        written(channel, ts, { type: 'app_mention', assistant_thread: { x: 1 }, sparkle: ['?'] }),
      { brand_new: { field: true } },
    ),
  },
  {
    what: 'an event of a type that nobody knows',
    expected: nothing,
    delivery: event((channel, ts) => ({ type: 'huddle_summary_ready', channel, user: 'U1', event_ts: ts })),
  },
  {
    what: 'a slash command',
    expected: asks('pods -n shop'),
    delivery: (channel) => ({
      kind: 'slash_commands',
      payload: {
        token: 'verification-token',
        team_id: TEAM,
        team_domain: 'emulated',
        channel_id: channel,
        channel_name: 'ops',
        user_id: 'U1',
        user_name: 'ada',
        command: '/jamie',
        text: 'pods -n shop',
        api_app_id: 'A0JAMIE',
        is_enterprise_install: 'false',
        response_url: 'https://hooks.slack.com/commands/T/1/x',
        trigger_id: `1.2.doc${channel}`,
      },
    }),
  },
  {
    what: 'a click on a button that is no longer known',
    expected: { kind: 'refuses', words: /belongs to an earlier version/ },
    delivery: (channel) => ({
      kind: 'interactive',
      payload: {
        type: 'block_actions',
        user: { id: 'U1', username: 'ada', name: 'ada', team_id: TEAM },
        api_app_id: 'A0JAMIE',
        token: 'verification-token',
        container: { type: 'message', message_ts: '1.1', channel_id: channel, is_ephemeral: false },
        trigger_id: `1.2.click${channel}`,
        team: { id: TEAM, domain: 'emulated' },
        enterprise: null,
        is_enterprise_install: false,
        channel: { id: channel, name: 'ops' },
        message: { type: 'message', ts: '1.1', user: BOT, text: 'old', blocks: [] },
        state: { values: {} },
        response_url: 'https://hooks.slack.com/actions/T/1/x',
        actions: [
          { type: 'button', action_id: 'unheard.of', block_id: 'b', value: 'v', action_ts: '1700000000.1' },
        ],
      },
    }),
  },
  {
    what: 'the submission of a modal that nobody knows',
    expected: nothing,
    delivery: (channel) => ({
      kind: 'interactive',
      payload: {
        type: 'view_submission',
        team: { id: TEAM, domain: 'emulated' },
        user: { id: 'U1', username: 'ada', name: 'ada', team_id: TEAM },
        api_app_id: 'A0JAMIE',
        token: 'verification-token',
        trigger_id: `1.2.view${channel}`,
        view: {
          id: `V${channel}`,
          team_id: TEAM,
          type: 'modal',
          callback_id: 'unheard.of',
          private_metadata: '',
          hash: '1.x',
          state: { values: {} },
          title: { type: 'plain_text', text: 'Old' },
          blocks: [],
        },
        response_urls: [],
      },
    }),
  },
  {
    what: 'a delivery of a type that nobody knows',
    expected: nothing,
    delivery: (channel) => ({
      kind: 'interactive',
      payload: {
        type: 'workflow_step_edit',
        team: { id: TEAM, domain: 'emulated' },
        user: { id: 'U1', team_id: TEAM },
        trigger_id: `1.2.step${channel}`,
        callback_id: 'step',
      },
    }),
  },
];
