import { FakeClock } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { createChannelPace } from './channel-pace.ts';

describe('createChannelPace', () => {
  it('lets one through per interval and channel, in order, and channels do not wait for each other', async () => {
    const clock = new FakeClock(0);
    const pace = createChannelPace(clock, 1_000);
    const passed: string[] = [];
    const pass = (channel: string, name: string) =>
      pace.turn(channel).then(() => passed.push(`${name} at ${clock.now()}`));
    const all = Promise.all([pass('C1', 'a'), pass('C1', 'b'), pass('C1', 'c'), pass('C2', 'd')]);
    await clock.advance(5_000);
    await all;
    expect(passed.toSorted()).toEqual(['a at 0', 'b at 1000', 'c at 2000', 'd at 0']);
  });

  it('does not make somebody wait who comes late', async () => {
    const clock = new FakeClock(0);
    const pace = createChannelPace(clock, 1_000);
    await pace.turn('C1');
    await clock.advance(2_000);
    await pace.turn('C1');
    expect(clock.now()).toBe(2_000);
  });
});
