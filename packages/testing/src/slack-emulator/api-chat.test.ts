import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ApiWorld, createApiWorld, refusalOf } from './api-world.fixture.ts';

let world: ApiWorld;

beforeEach(async () => {
  world = await createApiWorld();
});

afterEach(() => world.end());

const post = (args: Readonly<Record<string, unknown>>) =>
  world.client.apiCall('chat.postMessage', { channel: 'C1', ...args });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };

describe('chat.postMessage', () => {
  it('cuts text at 40,000 characters', async () => {
    await post({ text: 'x'.repeat(40_001) });
    expect(world.slack.transcript('C1').at(-1)?.text).toHaveLength(40_000);
  });

  it.each([
    ['markdown beside text', { markdown_text: 'x', text: 'y' }, 'markdown_text_conflict'],
    ['markdown beside blocks', { markdown_text: 'x', blocks: [section('y')] }, 'markdown_text_conflict'],
    ['long markdown', { markdown_text: 'x'.repeat(12_001) }, 'msg_too_long'],
    ['blank text', { text: ' \n' }, 'no_text'],
    ['two tables', { blocks: [table, table] }, 'invalid_attachments'],
    [
      'large metadata',
      { text: 'x', metadata: { event_type: 'a', event_payload: { a: 'x'.repeat(16_384) } } },
      'metadata_too_large',
    ],
  ])('refuses %s', async (_what, args, error) => {
    expect(await refusalOf(post(args))).toMatchObject({ error });
  });

  it('names the block that Slack does not know', async () => {
    expect(await refusalOf(post({ blocks: [{ type: 'sections' }] }))).toMatchObject({
      error: 'invalid_blocks',
      errors: ['[ERROR] unsupported type: sections [json-pointer:/blocks/0/type]'],
      response_metadata: {
        messages: ['[ERROR] unsupported type: sections [json-pointer:/blocks/0/type]'],
      },
    });
  });

  it('takes a person for the direct channel with them', async () => {
    expect(await post({ channel: 'U1', text: 'hello' })).toMatchObject({ channel: 'D1' });
  });

  it('shows a reply in the channel, too, when that is asked for', async () => {
    await post({ text: 'quiet', thread_ts: world.root });
    await post({ text: 'loud', thread_ts: world.root, reply_broadcast: true });
    const { messages } = await world.client.conversations.history({ channel: 'C1' });
    expect((messages ?? []).map(({ text }) => text)).toEqual(['loud', 'why?']);
  });

  it('marks what comes faster than once a second as hidden, where the workspace hides it', async () => {
    const strict = await createApiWorld({ hidesFastPosts: true });
    const say = (channel: string) => strict.client.chat.postMessage({ channel, text: 'x' });
    const hidden = () => strict.slack.transcript('C1').filter(({ isHidden }) => isHidden === true);
    for (let count = 0; count < 3; count += 1) await say('C1');
    await say('D1');
    expect(hidden()).toHaveLength(0);
    expect(await say('C1')).toMatchObject({ ok: true });
    expect(hidden()).toHaveLength(1);
    for (let count = 0; count < 5; count += 1) {
      await strict.clock.advance(1_000);
      await say('C1');
    }
    expect(hidden()).toHaveLength(1);
    await strict.end();
  });
});

describe('chat.scheduleMessage', () => {
  it('posts at its time', async () => {
    const nowSeconds = Math.floor(world.clock.now() / 1_000);
    const schedule = (post_at: number) =>
      world.client.chat.scheduleMessage({ channel: 'C1', text: 'later', post_at });
    expect(await schedule(nowSeconds + 60)).toMatchObject({ ok: true, post_at: nowSeconds + 60 });
    await world.clock.advance(59_999);
    expect(world.slack.transcript('C1')).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.slack.transcript('C1').at(-1)).toMatchObject({ text: 'later', isOurs: true });
    expect(await refusalOf(schedule(nowSeconds))).toMatchObject({ error: 'time_in_past' });
    expect(await refusalOf(schedule(nowSeconds + 121 * 86_400))).toMatchObject({ error: 'time_too_far' });
  });
});

describe('chat.getPermalink', () => {
  it('leads to the message, for a reply through its thread', async () => {
    const reply = await post({ text: 'x', thread_ts: world.root });
    const link = async (message_ts: string) =>
      (await world.client.chat.getPermalink({ channel: 'C1', message_ts })).permalink;
    const page = (ts: string) => `https://emulated.slack.com/archives/C1/p${ts.replace('.', '')}`;
    expect(await link(world.root)).toBe(page(world.root));
    const ts = String((reply as { readonly ts?: string }).ts);
    expect(await link(ts)).toBe(`${page(ts)}?thread_ts=${world.root}&cid=C1`);
  });
});

describe('blocks.validate', () => {
  const validate = (args: Readonly<Record<string, unknown>>) => world.client.apiCall('blocks.validate', args);

  it('judges blocks, messages and views without posting them', async () => {
    await validate({ blocks: [section('x')] });
    await validate({ message: { blocks: [section('x')] } });
    await validate({ view: { type: 'home', blocks: [section('x')] } });
    expect(world.slack.transcript('C1')).toHaveLength(1);
  });

  it('names each problem with its place', async () => {
    expect(await refusalOf(validate({ blocks: [section('x'.repeat(3_001))] }))).toMatchObject({
      error: 'invalid_blocks',
      errors: [{ message: 'must be less than 3001 characters', pointer: '/blocks/0/text/text' }],
    });
    expect(await refusalOf(validate({}))).toMatchObject({ error: 'invalid_arguments' });
  });
});
