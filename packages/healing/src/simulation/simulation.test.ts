import { describe, expect, it } from '@jest/globals';
import { runFlapping } from './run-flapping.fixture.ts';

describe('10,000 minutes of flapping faults', () => {
  it('stay within every limit, and end resolved or with people', async () => {
    const { attempts, ...rest } = await runFlapping(1, 10_000);
    expect(attempts).toBeGreaterThan(20);
    expect(rest).toEqual({ offences: [], unended: [], escalationsWithoutDossier: 0 });
  });
});
