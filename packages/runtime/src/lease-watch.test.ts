import { FakeClock } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LeaseWatch } from './lease-watch.ts';

const LEASE_MS = 1_000;

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

  it('ends a lease that was not renewed for its length since it was first seen', async () => {
    expect(living(['a', '1'])).toEqual(['a']);
    await clock.advance(LEASE_MS - 1);
    expect(living(['a', '1'])).toEqual(['a']);
    await clock.advance(1);
    expect(living(['a', '1'])).toEqual([]);
  });

  it('begins anew with each renewal', async () => {
    living(['a', '1'], ['b', '1']);
    await clock.advance(LEASE_MS);
    expect(living(['a', '2'], ['b', '1'])).toEqual(['a']);
  });

  it('goes by what passes, not by what the clock is set to', async () => {
    living(['a', '1']);
    clock.set(10 * 60_000);
    expect(living(['a', '1'])).toEqual(['a']);
    clock.set(-20 * 60_000);
    await clock.advance(LEASE_MS);
    expect(living(['a', '1'])).toEqual([]);
  });

  it('forgets a lease that is gone for a while', async () => {
    living(['a', '1']);
    await clock.advance(LEASE_MS);
    living();
    expect(living(['a', '1'])).toEqual(['a']);
  });
});
