import { isJsonObject } from '@jamie/core';
import type { SlackPayload } from './delivery-keys.ts';
import { deliveryTeamOf } from './delivery-team.ts';

/**
 * The lane of a delivery: its channel, since there order matters (a question, then its approval), or its person where
 * it has no channel. A stop has a lane of its own: it is worth nothing behind what it is to stop. Pure.
 */
export function deliveryLaneOf(payload: SlackPayload): string {
  const event = isJsonObject(payload['event']) ? payload['event'] : {};
  const candidates = [
    event['channel'],
    payload['channel_id'],
    idOf(payload['channel']),
    event['user'],
    payload['user_id'],
    idOf(payload['user']),
  ];
  const place = candidates.find((each) => typeof each === 'string' && each !== '') ?? '';
  const lane = `${deliveryTeamOf(payload)}:${String(place)}`;
  return event['type'] === 'agent_session_stopped' ? `${lane}:stop` : lane;
}

function idOf(value: unknown): unknown {
  return isJsonObject(value) ? value['id'] : undefined;
}
