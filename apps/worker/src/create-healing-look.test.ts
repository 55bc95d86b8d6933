import type { SweepReport } from '@jamie/healing';
import { FakeClock, RecordingLogger } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createHealingLook } from './create-healing-look.ts';

const NOTHING: SweepReport = {
  clusters: 1,
  faults: 0,
  opened: 0,
  attempts: 0,
  escalated: 0,
  resolved: 0,
  storms: 0,
  lost: 0,
  failed: 0,
  blind: [],
};

let clock: FakeClock;
let logger: RecordingLogger;

beforeEach(() => {
  clock = new FakeClock();
  logger = new RecordingLogger();
});

/** What was logged while sweeps came to that, one after the other. */
async function logOf(...reports: (Partial<SweepReport> | Error)[]): Promise<readonly string[]> {
  const sweep = async () => {
    const report = reports.shift() ?? {};
    if (report instanceof Error) throw report;
    return { ...NOTHING, ...report };
  };
  const look = createHealingLook({ healer: { sweep }, clock, logger, intervalMs: 10_000 });
  await look.start();
  await clock.advance(10_000 * reports.length);
  await look.stop();
  return logger.entries.map(({ message }) => message);
}

describe('createHealingLook', () => {
  it('says nothing of sweeps that had nothing to do', async () => {
    expect(await logOf({ faults: 2 }, {})).toEqual([]);
  });

  it('goes on after a sweep that failed, and says so', async () => {
    expect(await logOf(new Error('the store is away'), { attempts: 1 })).toEqual([
      'sweep for faults failed',
      'faults were healed, waited for or handed to people',
    ]);
  });

  it('says once where it cannot see, and again when that has changed', async () => {
    const blind = { blind: ['payments'] };
    expect(await logOf(blind, blind, {}, blind)).toEqual([
      'nothing is healed in some places',
      'nothing is healed in some places',
    ]);
  });
});
