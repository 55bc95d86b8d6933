import type { SweepReport } from '@jamie/healing';
import { FakeClock, RecordingLogger } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { healRegularly } from './heal-regularly.ts';

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
let stopping: AbortController;

beforeEach(() => {
  clock = new FakeClock();
  logger = new RecordingLogger();
  stopping = new AbortController();
});

function run(sweep: () => Promise<SweepReport>): Promise<void> {
  return healRegularly({ healer: { sweep }, everyMs: 10_000, clock, logger }, stopping.signal);
}

describe('healRegularly', () => {
  it('sweeps at once and then every so often, until it is stopped', async () => {
    let sweeps = 0;
    const running = run(async () => {
      sweeps += 1;
      return NOTHING;
    });
    await clock.advance(25_000);
    expect(sweeps).toBe(3);
    stopping.abort();
    await running;
    await clock.advance(60_000);
    expect(sweeps).toBe(3);
    expect(logger.entries).toEqual([]);
  });

  it('goes on after a sweep that failed, and says so', async () => {
    let sweeps = 0;
    const running = run(async () => {
      sweeps += 1;
      if (sweeps === 1) throw new Error('the store is away');
      return { ...NOTHING, attempts: 1 };
    });
    await clock.advance(10_000);
    stopping.abort();
    await running;
    expect(logger.entries.map(({ message }) => message)).toEqual([
      'sweep for faults failed',
      'faults were healed, waited for or handed to people',
    ]);
  });

  it('says once where it cannot see, and again when that has changed', async () => {
    const seen = [['payments'], ['payments'], [], ['payments']];
    const running = run(async () => ({ ...NOTHING, blind: seen.shift() ?? [] }));
    await clock.advance(35_000);
    stopping.abort();
    await running;
    expect(logger.entries.map(({ message }) => message)).toEqual([
      'nothing is healed in some places',
      'nothing is healed in some places',
    ]);
  });

  it('ends only after the sweep that runs has ended', async () => {
    let end: (() => void) | undefined;
    let isOver = false;
    const running = run(
      () =>
        new Promise((resolve) => {
          end = () => resolve(NOTHING);
        }),
    ).then(() => {
      isOver = true;
    });
    stopping.abort();
    await clock.advance(1);
    expect(isOver).toBe(false);
    end?.();
    await running;
    expect(isOver).toBe(true);
  });
});
