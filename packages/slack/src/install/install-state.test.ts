import { randomToken } from '@jamie/runtime';
import { FakeClock } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createInstallStates, STATE_LIFETIME_MS } from './install-state.ts';

const SECRET = 'a-state-secret-of-enough-characters';

function create(stateSecret = SECRET, clock = new FakeClock()) {
  return { clock, states: createInstallStates({ stateSecret, clock, makeToken: randomToken }) };
}

describe('the state of an installation', () => {
  it('is valid once, in the browser to which it was given', () => {
    const { states } = create();
    const { state, browser } = states.issue();
    expect(states.take(state, browser)).toEqual({ kind: 'valid' });
    expect(states.take(state, browser)).toEqual({ kind: 'refused', reason: 'used' });
  });

  it('is valid in another process with the same secret, so that replicas need share nothing', () => {
    const clock = new FakeClock();
    const { state, browser } = create(SECRET, clock).states.issue();
    expect(create(SECRET, clock).states.take(state, browser)).toEqual({ kind: 'valid' });
  });

  it('is refused in another browser, and without a cookie', () => {
    const { states } = create();
    const { state } = states.issue();
    const other = states.issue();
    expect(states.take(state, other.browser)).toMatchObject({ reason: 'other_browser_or_forged' });
    expect(states.take(state, undefined)).toMatchObject({ reason: 'missing' });
    expect(states.take(undefined, other.browser)).toMatchObject({ reason: 'missing' });
  });

  it('ends after ten minutes', async () => {
    const { states, clock } = create();
    const [early, late] = [states.issue(), states.issue()];
    await clock.advance(STATE_LIFETIME_MS - 1);
    expect(states.take(early.state, early.browser)).toEqual({ kind: 'valid' });
    await clock.advance(1);
    expect(states.take(late.state, late.browser)).toEqual({ kind: 'refused', reason: 'expired' });
    expect(states.take(early.state, early.browser)).toEqual({ kind: 'refused', reason: 'expired' });
  });

  it('is refused when it was signed with another secret', () => {
    const { state, browser } = create('another-secret-of-enough-characters').states.issue();
    expect(create().states.take(state, browser)).toMatchObject({ reason: 'other_browser_or_forged' });
  });

  it('is refused when any character of it is another one', () => {
    const { states } = create();
    const { state, browser } = states.issue();
    fc.assert(
      fc.property(fc.nat(state.length - 1), fc.constantFrom(...'A9._-z'), (place, character) => {
        const forged = state.slice(0, place) + character + state.slice(place + 1);
        // The last character of a signature has bits that base64 leaves out; text is compared, so that it counts too.
        if (forged !== state) expect(states.take(forged, browser).kind).toBe('refused');
      }),
    );
    expect(states.take(state, browser)).toEqual({ kind: 'valid' });
  });

  it('is refused, and is no error, whatever it is', () => {
    const { states } = create();
    fc.assert(
      fc.property(fc.string(), fc.string(), (state, browser) => {
        expect(states.take(state, browser).kind).toBe('refused');
      }),
    );
  });
});
