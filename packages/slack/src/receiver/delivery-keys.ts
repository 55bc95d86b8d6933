import { createHash } from 'node:crypto';
import { canonicalJson, isJsonObject } from '@jamie/core';
import { doubleClickKeys } from './double-click-keys.ts';

export type SlackPayload = Readonly<Record<string, unknown>>;

/** What kind of thing Slack sent. */
export type DeliveryKind = 'event' | 'command' | 'interaction' | 'url_verification' | 'unknown';

export function classifyPayload(payload: SlackPayload): DeliveryKind {
  if (payload['type'] === 'url_verification') return 'url_verification';
  if (payload['type'] === 'event_callback') return isJsonObject(payload['event']) ? 'event' : 'unknown';
  if (typeof payload['command'] === 'string') return 'command';
  if (typeof payload['type'] === 'string' && isJsonObject(payload['user'])) return 'interaction';
  return 'unknown';
}

/**
 * Every identity by which this may come again. An event has its event id; a message also has its place in the
 * channel, because one mention arrives both as app_mention and as message; commands and clicks have trigger ids, and
 * a click that asks for something is known again when it is half of a double click; the submission of a modal is
 * known by the view and its hash, so that a second click on its button is the same one. What has none of these is
 * known by its content. Pure; never empty.
 */
export function deliveryKeysOf(payload: SlackPayload): readonly string[] {
  const keys = namedKeysOf(payload);
  return keys.length > 0 ? keys : [`content:${contentDigest(payload)}`];
}

function namedKeysOf(payload: SlackPayload): readonly string[] {
  switch (classifyPayload(payload)) {
    case 'event':
      return [...key('event', payload['event_id']), ...messageKey(payload)];
    case 'command':
      return key('command', payload['trigger_id']);
    case 'interaction':
      return submissionKey(payload) ?? clickKeys(payload);
    default:
      return [];
  }
}

const SUBTYPES_OF_NEW_MESSAGES: ReadonlySet<unknown> = new Set([undefined, 'file_share', 'thread_broadcast']);

function messageKey(payload: SlackPayload): readonly string[] {
  const event = payload['event'];
  if (!isJsonObject(event)) return [];
  const isMessage = event['type'] === 'app_mention' || event['type'] === 'message';
  if (!isMessage || !SUBTYPES_OF_NEW_MESSAGES.has(event['subtype'])) return [];
  return key('message', payload['team_id'], event['channel'], event['ts']);
}

function submissionKey(payload: SlackPayload): readonly string[] | undefined {
  const view = payload['view'];
  if (payload['type'] !== 'view_submission' || !isJsonObject(view)) return undefined;
  const named = key('submission', view['id'], view['hash']);
  return named.length === 0 ? undefined : named;
}

function clickKeys(payload: SlackPayload): readonly string[] {
  const actions = payload['actions'];
  const first: unknown = Array.isArray(actions) ? actions[0] : undefined;
  const action = isJsonObject(first) ? first : {};
  const actionTs = isJsonObject(first) ? first['action_ts'] : (payload['action_ts'] ?? '');
  const partOf = (name: string, part: string) => {
    const value = payload[name];
    return isJsonObject(value) ? value[part] : undefined;
  };
  const chosen = action['selected_option'];
  const value = isJsonObject(chosen) ? chosen['value'] : action['value'];
  const clicker = [partOf('team', 'id'), partOf('user', 'id')];
  const subject = [...clicker, partOf('channel', 'id'), partOf('message', 'ts'), partOf('view', 'id'), value];
  return [
    ...key('interaction', payload['trigger_id'], actionTs),
    ...doubleClickKeys({ actionId: action['action_id'], actionTs, subject }),
  ];
}

function key(kind: string, ...parts: readonly unknown[]): readonly string[] {
  if (parts[0] === '' || !parts.every((part) => typeof part === 'string' && part.length <= 200)) return [];
  return [[kind, ...parts].join(':')];
}

function contentDigest(payload: SlackPayload): string {
  return createHash('sha256').update(canonicalJson(payload)).digest('hex');
}
