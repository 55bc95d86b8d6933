import { describe, expect, it } from '@jest/globals';
import { deliveryLaneOf } from './delivery-lane.ts';

const team = { team_id: 'T1' };

describe('deliveryLaneOf', () => {
  it.each([
    ['a message', { ...team, type: 'event_callback', event: { channel: 'C1', user: 'U1' } }],
    ['a command', { ...team, command: '/jamie', channel_id: 'C1', user_id: 'U1' }],
    ['a click', { type: 'block_actions', team: { id: 'T1' }, channel: { id: 'C1' }, user: { id: 'U1' } }],
  ])('puts %s into the lane of its channel', (_what, payload) => {
    expect(deliveryLaneOf(payload)).toBe('T1:C1');
  });

  it.each([
    ['the home tab', { ...team, event: { type: 'app_home_opened', user: 'U1' } }],
    ['a modal', { type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, view: {} }],
  ])('puts %s, which has no channel, into the lane of its person', (_what, payload) => {
    expect(deliveryLaneOf(payload)).toBe('T1:U1');
  });

  it('keeps workspaces apart, and takes an odd payload for a lane of its own kind', () => {
    expect(deliveryLaneOf({ team_id: 'T2', event: { channel: 'C1' } })).toBe('T2:C1');
    expect(deliveryLaneOf({ team_id: 'T2', event: { channel: { id: 7 } } })).toBe('T2:');
    expect(deliveryLaneOf({})).toBe(':');
  });
});
