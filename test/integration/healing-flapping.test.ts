import { describe, expect, it } from '@jest/globals';
import { runFlapping } from '../../packages/healing/src/simulation/run-flapping.fixture.ts';

/** More for a longer look: `HEALING_SEEDS=100`. */
const SEEDS = Array.from({ length: Number(process.env['HEALING_SEEDS'] ?? 5) }, (_none, index) => index + 2);

describe.each(SEEDS)('10,000 minutes of flapping faults, seed %i', (seed) => {
  it('stay within every limit, and end resolved or with people', async () => {
    const { attempts, ...rest } = await runFlapping(seed, 10_000);
    expect(attempts).toBeGreaterThan(20);
    expect(rest).toEqual({ offences: [], unended: [], escalationsWithoutDossier: 0 });
  }, 300_000);
});
