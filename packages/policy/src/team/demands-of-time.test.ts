import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { compileTeamPolicy } from './compile-team-policy.ts';
import { decideByPolicy } from './decide-by-policy.ts';
import { factsOf } from './run-policy-tests.ts';
import { type GivenFacts, givenFactsSchema } from './team-policy-schema.ts';

const MINUTE_MS = 60_000;
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** How long there is to decide about a small change, in minutes, and by which rules. */
function timeToDecide(over: Record<string, unknown>, given: Partial<GivenFacts>) {
  const reading = compileTeamPolicy({ version: 1, name: 'shop', ...over }, digest);
  if (reading.kind === 'invalid') throw new Error(reading.problems.join('\n'));
  const facts = factsOf(givenFactsSchema.parse({ operations: ['restart'], ...given }));
  const { decision } = decideByPolicy(reading.policy, facts);
  if (decision.kind === 'deny') return decision.rule;
  return [decision.risk.expiresAfterMs / MINUTE_MS, ...decision.rules];
}

const SALE = { name: 'sale', from: '2026-03-01T12:00:00Z', until: '2026-03-02T00:00:00Z' };
const NIGHT = { name: 'night', when: 'true', from: '22:00', until: '04:00', timeZone: 'Europe/Berlin' };

describe('the time to decide', () => {
  it('ends where a freeze begins, so that nothing starts in the middle of it', () => {
    const policy = { freezes: [SALE] };
    expect(timeToDecide(policy, { at: '2026-03-01T11:50:00Z' })).toEqual([10, 'sale']);
    expect(timeToDecide(policy, { at: '2026-03-01T11:45:00Z' })).toEqual([15]);
    expect(timeToDecide(policy, { at: '2026-03-01T12:00:00Z' })).toBe('sale');
  });

  it('knows nothing of a freeze that is not about the change, nor of one where it takes something back', () => {
    const policy = { freezes: [{ ...SALE, when: '"drain" in operations' }] };
    expect(timeToDecide(policy, { at: '2026-03-01T11:50:00Z' })).toEqual([15]);
    expect(timeToDecide({ freezes: [SALE] }, { at: '2026-03-01T11:50:00Z', isWayBack: true })).toEqual([15]);
  });

  it('ends where the maintenance window closes, by the clock of its place', () => {
    const policy = { maintenanceWindows: [NIGHT] };
    expect(timeToDecide(policy, { at: '2026-01-15T02:55:30Z' })).toEqual([4.5, 'night']);
    expect(timeToDecide(policy, { at: '2026-01-15T02:00:00Z' })).toEqual([15]);
    // From 2 to 3 o'clock there is no such time on that night: the window ends an hour earlier.
    const short = { ...NIGHT, until: '02:30' };
    expect(timeToDecide({ maintenanceWindows: [short] }, { at: '2026-03-29T00:55:00Z' })).toEqual([
      5,
      'night',
    ]);
  });

  it('goes on where another window opens as one closes', () => {
    const late = { ...NIGHT, name: 'late', from: '04:00', until: '06:00' };
    const policy = { maintenanceWindows: [NIGHT, late] };
    expect(timeToDecide(policy, { at: '2026-01-15T02:55:00Z' })).toEqual([15]);
  });
});
