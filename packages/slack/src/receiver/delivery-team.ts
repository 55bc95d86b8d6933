import { isRecord, type SlackPayload } from './delivery-keys.ts';

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
    isRecord(first) ? first['team_id'] : undefined,
    isRecord(view) ? view['app_installed_team_id'] : undefined,
    payload['context_team_id'],
    payload['team_id'],
    isRecord(team) ? team['id'] : undefined,
  ];
  return (candidates.find((each) => typeof each === 'string' && each !== '') as string | undefined) ?? '';
}
