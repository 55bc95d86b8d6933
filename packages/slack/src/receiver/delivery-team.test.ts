import { describe, expect, it } from '@jest/globals';
import { deliveryTeamOf } from './delivery-team.ts';

describe('deliveryTeamOf', () => {
  it('takes the authorised workspace of an event before the one that sent it', () => {
    const payload = { type: 'event_callback', team_id: 'T2', authorizations: [{ team_id: 'T1' }] };
    expect(deliveryTeamOf(payload)).toBe('T1');
  });

  it('reads commands, clicks and views', () => {
    expect(deliveryTeamOf({ command: '/jamie', team_id: 'T1' })).toBe('T1');
    expect(deliveryTeamOf({ type: 'block_actions', team: { id: 'T1' } })).toBe('T1');
    const view = { app_installed_team_id: 'T1' };
    expect(deliveryTeamOf({ type: 'view_submission', team: { id: 'T2' }, view })).toBe('T1');
  });

  it('is empty where nothing is said, whatever the payload is', () => {
    expect(deliveryTeamOf({})).toBe('');
    expect(deliveryTeamOf({ authorizations: 'x', team: 1, view: null, team_id: '' })).toBe('');
  });
});
