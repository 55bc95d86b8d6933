import type { PostingPace } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FakeClock } from '../fakes/fake-clock.ts';

/** A pace under test. */
export interface PostingPaceSubject {
  readonly pace: PostingPace;
  /** The same turns over a connection of its own, as another process would have; or the pace itself. */
  readonly second: PostingPace;
  destroy(): void | Promise<void>;
}

export interface PostingPaceContractOptions {
  readonly name: string;
  readonly create: (clock: FakeClock) => PostingPaceSubject | Promise<PostingPaceSubject>;
}

/** One clock jump of the kind that a host's time service makes. */
const TEN_MINUTES_MS = 600_000;
const START = Date.UTC(2026, 0, 15, 12);

/** A clock that a test sets. */
class JumpingClock extends FakeClock {
  #shiftMs = 0;

  override now(): number {
    return super.now() + this.#shiftMs;
  }

  jump(byMs: number): void {
    this.#shiftMs += byMs;
  }
}

/** What every PostingPace promises: a distance between turns, pauses, and no clock that can stop it. */
export function postingPaceContract({ name, create }: PostingPaceContractOptions): void {
  describe(`PostingPace contract: ${name}`, () => {
    let clock: JumpingClock;
    let subject: PostingPaceSubject;
    let pace: PostingPace;

    beforeEach(async () => {
      clock = new JumpingClock(START);
      subject = await create(clock);
      pace = subject.pace;
    });

    afterEach(() => subject.destroy());

    it('gives the first turn at once and each further one at its distance', async () => {
      expect(await pace.takeTurn('C1', 1_000)).toBe(0);
      expect(await pace.takeTurn('C1', 1_000)).toBe(1_000);
      await clock.advance(500);
      expect(await pace.takeTurn('C1', 1_000)).toBe(1_500);
      await clock.advance(10_000);
      expect(await pace.takeTurn('C1', 1_000)).toBe(0);
    });

    it('keeps keys apart', async () => {
      await pace.takeTurn('C1', 1_000);
      expect(await pace.takeTurn('C2', 1_000)).toBe(0);
    });

    it('takes no turn that would come too late, and says how long it would be', async () => {
      await pace.takeTurn('C1', 5_000);
      expect(await pace.takeTurn('C1', 5_000, { withinMs: 4_999 })).toBe(5_000);
      expect(await pace.takeTurn('C1', 5_000, { withinMs: 5_000 })).toBe(5_000);
      expect(await pace.takeTurn('C1', 5_000)).toBe(10_000);
    });

    it('gives as many turns at once as a burst allows after a quiet time, and its rate from then on', async () => {
      const take = () => pace.takeTurn('update', 2_000, { burst: 3 });
      const waits = [await take(), await take(), await take(), await take(), await take()];
      expect(waits).toEqual([0, 0, 0, 2_000, 4_000]);
      await clock.advance(60_000);
      expect([await take(), await take(), await take(), await take()]).toEqual([0, 0, 0, 2_000]);
    });

    it('gives nobody a turn before a pause is over', async () => {
      await pace.pause('C1', 30_000);
      await clock.advance(10_000);
      expect(await pace.takeTurn('C1', 1_000)).toBe(20_000);
      expect(await pace.takeTurn('C1', 1_000)).toBe(21_000);
    });

    it('asks how long a pause lasts without taking anything', async () => {
      await pace.pause('C1', 5_000);
      expect(await pace.takeTurn('C1', 0)).toBe(5_000);
      expect(await pace.takeTurn('C1', 0)).toBe(5_000);
      await clock.advance(5_000);
      expect(await pace.takeTurn('C1', 0)).toBe(0);
      expect(await pace.takeTurn('C1', 1_000)).toBe(0);
    });

    it('never shortens a longer pause or the turns that are taken', async () => {
      await pace.pause('C1', 30_000);
      await pace.pause('C1', 1_000);
      expect(await pace.takeTurn('C1', 0)).toBe(30_000);
    });

    it('shares turns and pauses with another process', async () => {
      expect(await pace.takeTurn('C1', 1_000)).toBe(0);
      expect(await subject.second.takeTurn('C1', 1_000)).toBe(1_000);
      await subject.second.pause('C2', 7_000);
      expect(await pace.takeTurn('C2', 1_000)).toBe(7_000);
    });

    it('gives no turn to two who ask at the same time', async () => {
      const paces = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? pace : subject.second));
      const waits = await Promise.all(paces.map((each) => each.takeTurn('C1', 1_000)));
      expect(waits.toSorted((one, other) => one - other)).toEqual(paces.map((_, index) => index * 1_000));
    });

    it('waits for no longer than the turns before need when the clock is set back', async () => {
      await pace.takeTurn('C1', 1_000);
      await pace.takeTurn('C1', 1_000);
      clock.jump(-TEN_MINUTES_MS);
      expect(await pace.takeTurn('C1', 1_000)).toBe(2_000);
      await clock.advance(3_000);
      expect(await pace.takeTurn('C1', 1_000)).toBe(0);
    });

    it('counts a pause down after the clock was set back, even while nobody takes a turn', async () => {
      await pace.pause('C1', 10_000);
      clock.jump(-TEN_MINUTES_MS);
      expect(await pace.takeTurn('C1', 1_000, { withinMs: 0 })).toBe(10_000);
      await clock.advance(10_000);
      expect(await pace.takeTurn('C1', 1_000, { withinMs: 0 })).toBe(0);
    });

    it('goes on when the clock is set forward', async () => {
      await pace.takeTurn('C1', 1_000);
      clock.jump(TEN_MINUTES_MS);
      expect(await pace.takeTurn('C1', 1_000)).toBe(0);
      expect(await pace.takeTurn('C1', 1_000)).toBe(1_000);
    });

    it('keeps every distance by true time, whoever asks, while the clock is only ever set back', async () => {
      const step = fc.record({
        passMs: fc.integer({ min: 0, max: 3_000 }),
        jumpMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -600_000, max: -1 })),
        bySecond: fc.boolean(),
      });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
          run += 1;
          let trueNow = 0;
          let lastTurn = Number.NEGATIVE_INFINITY;
          for (const { passMs, jumpMs, bySecond } of steps) {
            await clock.advance(passMs);
            trueNow += passMs;
            clock.jump(jumpMs);
            const asked = bySecond ? subject.second : pace;
            const waitMs = await asked.takeTurn(`run${run}`, 1_000);
            expect(trueNow + waitMs - lastTurn).toBeGreaterThanOrEqual(1_000);
            lastTurn = trueNow + waitMs;
            expect(waitMs).toBeLessThanOrEqual(steps.length * 1_000);
          }
        }),
        { numRuns: 40 },
      );
    });
  });
}
