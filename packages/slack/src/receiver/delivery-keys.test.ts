import { describe, expect, it } from '@jest/globals';
import { classifyPayload, deliveryKeysOf } from './delivery-keys.ts';

function callback(event: object, eventId = 'Ev1') {
  return { type: 'event_callback', team_id: 'T1', event_id: eventId, event };
}

describe('deliveryKeysOf', () => {
  it('gives the two events of one mention a key in common', () => {
    const message = { channel: 'C1', ts: '1.000001', user: 'U1', text: 'hi' };
    const mention = deliveryKeysOf(callback({ ...message, type: 'app_mention' }, 'Ev1'));
    const plain = deliveryKeysOf(callback({ ...message, type: 'message' }, 'Ev2'));
    expect(mention.filter((key) => plain.includes(key))).toEqual(['message:T1:C1:1.000001']);
  });

  it('tells messages of two channels, two workspaces and two moments apart', () => {
    const key = (teamId: string, channel: string, ts: string) =>
      deliveryKeysOf({ ...callback({ type: 'message', channel, ts }), team_id: teamId })[1];
    expect(
      new Set([key('T1', 'C1', '1'), key('T2', 'C1', '1'), key('T1', 'C2', '1'), key('T1', 'C1', '2')]).size,
    ).toBe(4);
  });

  it('knows the edit of a message by its event alone', () => {
    const edit = { type: 'message', subtype: 'message_changed', channel: 'C1', ts: '1.000001' };
    expect(deliveryKeysOf(callback(edit))).toEqual(['event:Ev1']);
  });

  it('knows a command by its trigger, and a click by trigger and moment', () => {
    expect(deliveryKeysOf({ command: '/jamie', trigger_id: 't1', text: '' })).toEqual(['command:t1']);
    const click = {
      type: 'block_actions',
      user: { id: 'U1' },
      trigger_id: 't2',
      actions: [{ action_ts: '5.1' }],
    };
    expect(deliveryKeysOf(click)).toEqual(['interaction:t2:5.1']);
  });

  it('takes a second click on the button of a modal for the first one, unless the modal has changed since', () => {
    const submit = (trigger: string, hash: string) =>
      deliveryKeysOf({
        type: 'view_submission',
        user: { id: 'U1' },
        trigger_id: trigger,
        view: { id: 'V1', hash },
      });
    expect(submit('t1', 'h1')).toEqual(['submission:V1:h1']);
    expect(submit('t2', 'h1')).toEqual(submit('t1', 'h1'));
    expect(submit('t3', 'h2')).not.toEqual(submit('t1', 'h1'));
    expect(deliveryKeysOf({ type: 'view_submission', user: {}, trigger_id: 't4', view: {} })).toEqual([
      'interaction:t4:',
    ]);
  });

  it('knows what has no identity by its content, whatever the order of its fields', () => {
    const [first] = deliveryKeysOf({ type: 'odd', b: 1, a: 2 });
    expect(first).toMatch(/^content:[0-9a-f]{64}$/);
    expect(deliveryKeysOf({ a: 2, b: 1, type: 'odd' })).toEqual([first]);
  });
});

describe('classifyPayload', () => {
  it.each([
    [{ type: 'url_verification', challenge: 'c' }, 'url_verification'],
    [callback({ type: 'message' }), 'event'],
    [{ type: 'event_callback' }, 'unknown'],
    [{ command: '/jamie' }, 'command'],
    [{ type: 'block_actions', user: {} }, 'interaction'],
    [{}, 'unknown'],
  ])('sorts %j as %s', (payload, kind) => {
    expect(classifyPayload(payload)).toBe(kind);
  });
});
