import { OpsError } from '@jamie/core';
import { FakeClock, RecordingLogger } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { createTokenRenewal } from './token-renewal.ts';

describe('the renewal of tokens', () => {
  it('looks at the start and then every minute, also after a look that failed, until it is stopped', async () => {
    const clock = new FakeClock();
    const logger = new RecordingLogger();
    let looks = 0;
    const workspaces = {
      renewTokens: async () => {
        looks += 1;
        if (looks === 1) throw new OpsError('unavailable', 'the store is locked');
      },
    };
    const renewal = createTokenRenewal({ workspaces, clock, logger });
    await renewal.start();
    await clock.untilSleeping();
    expect(looks).toBe(1);
    expect(logger.messages('error')).toEqual(['slack installations cannot be read']);
    await clock.advance(180_000);
    expect(looks).toBe(4);
    await renewal.stop();
    await clock.advance(180_000);
    expect(looks).toBe(4);
  });
});
