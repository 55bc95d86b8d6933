import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type RedisServer, startRedis, whyNoRedis } from './redis-server.ts';

/**
 * A `describe` with one real Redis, started before its first test and ended after its last. Call the function that
 * `body` gets inside tests and hooks only. Where no Redis can be had the suite fails and says what to do; only
 * JAMIE_SKIP_REDIS=1 skips it, loudly.
 */
export function describeOnRedis(name: string, body: (redis: () => RedisServer) => void): void {
  const reason = whyNoRedis();
  if (reason !== undefined && isSkipAllowed()) {
    process.stderr.write(`\nSKIPPED: "${name}" did not run: ${reason}.\n\n`);
    describe.skip(`${name} (skipped: ${reason})`, () => body(() => notStarted(name)));
    return;
  }
  if (reason !== undefined) {
    describe(name, () => {
      it('has a Redis to run on', () => {
        throw new Error(`${reason}. To do without: JAMIE_SKIP_REDIS=1`);
      });
    });
    return;
  }
  describe(name, () => {
    let redis: RedisServer | undefined;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis?.stop());
    body(() => redis ?? notStarted(name));
  });
}

/** In CI nothing is skipped. */
function isSkipAllowed(): boolean {
  return process.env['JAMIE_SKIP_REDIS'] === '1' && process.env['CI'] !== 'true';
}

function notStarted(name: string): never {
  throw new Error(`the redis of "${name}" is not running: use it inside tests and hooks only`);
}
