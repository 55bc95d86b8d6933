import { FakeClock } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LeaseWatch } from './lease-watch.ts';

const LEASE_MS = 1_000;
const LOOKS = 4;

describe('LeaseWatch', () => {
  let clock: FakeClock;
  let watch: LeaseWatch;

  beforeEach(() => {
    clock = new FakeClock();
    watch = new LeaseWatch(clock);
  });

  const living = (...leases: readonly [string, string][]) => [
    ...watch.living(
      leases.map(([id, token]) => ({ id, token })),
      LEASE_MS,
    ),
  ];

  /** Lets a lease pass, looking all the time. */
  async function watchALease(...leases: readonly [string, string][]) {
    for (let look = 0; look < LOOKS; look += 1) {
      await clock.advance(LEASE_MS / LOOKS);
      living(...leases);
    }
  }

  it('ends a lease that was not renewed for its length since it was first seen', async () => {
    expect(living(['a', '1'])).toEqual(['a']);
    for (let look = 1; look < LOOKS; look += 1) {
      await clock.advance(LEASE_MS / LOOKS);
      expect(living(['a', '1'])).toEqual(['a']);
    }
    await clock.advance(LEASE_MS / LOOKS);
    expect(living(['a', '1'])).toEqual([]);
  });

  it('begins anew with each renewal', async () => {
    living(['a', '1'], ['b', '1']);
    await watchALease(['a', '1'], ['b', '1']);
    expect(living(['a', '2'], ['b', '1'])).toEqual(['a']);
  });

  it('does not count the time in which the watcher itself stood still', async () => {
    living(['a', '1']);
    await clock.advance(10 * LEASE_MS);
    expect(living(['a', '1'])).toEqual(['a']);
  });

  it('goes by what passes, not by what the clock is set to', async () => {
    living(['a', '1']);
    clock.set(10 * 60_000);
    expect(living(['a', '1'])).toEqual(['a']);
    clock.set(-20 * 60_000);
    await watchALease(['a', '1']);
    expect(living(['a', '1'])).toEqual([]);
  });

  it('forgets a lease that is gone for a while', async () => {
    living(['a', '1']);
    await watchALease(['a', '1']);
    living();
    expect(living(['a', '1'])).toEqual(['a']);
  });
});
