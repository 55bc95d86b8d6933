import { isJsonObject } from '@jamie/core';
import type { SlackPayload } from './delivery-keys.ts';

/**
 * The workspace whose installation a delivery is for; empty when it does not say. In a shared channel `team_id` may be
 * the other side's, so that the authorisation comes first. Pure.
 */
export function deliveryTeamOf(payload: SlackPayload): string {
  const authorizations = payload['authorizations'];
  const first: unknown = Array.isArray(authorizations) ? authorizations[0] : undefined;
  const view = payload['view'];
  const team = payload['team'];
  const candidates = [
    isJsonObject(first) ? first['team_id'] : undefined,
    isJsonObject(view) ? view['app_installed_team_id'] : undefined,
    payload['context_team_id'],
    payload['team_id'],
    isJsonObject(team) ? team['id'] : undefined,
  ];
  return (candidates.find((each) => typeof each === 'string' && each !== '') as string | undefined) ?? '';
}
