import { describe, expect, it } from '@jest/globals';
import { classifyFrame } from './socket-frame.ts';

describe('classifyFrame', () => {
  it.each([
    'null',
    '[]',
    '7',
    'not json',
    '{}',
    '{"type":"events_api","envelope_id":"e"}',
    '{"type":"events_api","envelope_id":"e","payload":null}',
    '{"type":"events_api","envelope_id":"e","payload":{"event":{}}}',
    '{"type":"events_api","payload":{"event":{"type":"message"}}}',
    '{"type":"interactive","envelope_id":"e"}',
    undefined,
  ])('keeps %p from the client', (data) => {
    expect(classifyFrame(data)).toEqual({ kind: 'malformed' });
  });

  it.each([
    '{"type":"hello"}',
    '{"type":"events_api","envelope_id":"e","payload":{"event":{"type":"message"}}}',
    '{"type":"slash_commands","envelope_id":"e","payload":{}}',
  ])('lets the client have %s', (data) => {
    expect(classifyFrame(data)).toEqual({ kind: 'sound' });
  });

  it('reads why Slack is about to disconnect', () => {
    expect(classifyFrame('{"type":"disconnect","reason":"warning"}')).toEqual({
      kind: 'disconnect',
      reason: 'warning',
    });
    expect(classifyFrame('{"type":"disconnect"}')).toEqual({ kind: 'disconnect', reason: 'unknown' });
  });
});
