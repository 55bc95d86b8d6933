import { type Clock, isOpsError, type Logger, toOpsError } from '@jamie/core';
import type { InstalledWorkspaces } from './installed-workspaces.ts';

export interface TokenRenewalOptions {
  readonly workspaces: Pick<InstalledWorkspaces, 'renewTokens'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Time between two looks. Default 60,000: several fit into the time by which a token is renewed ahead. */
  readonly everyMs?: number;
}

/** Looks after the tokens of workspaces in which nothing happens, so that the first message there need not wait. */
export interface TokenRenewal {
  start(): Promise<void>;
  /** Resolves when the look that runs is over. */
  stop(): Promise<void>;
}

export function createTokenRenewal(options: TokenRenewalOptions): TokenRenewal {
  const { workspaces, clock, logger, everyMs = 60_000 } = options;
  const stopping = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await workspaces.renewTokens();
      } catch (error) {
        // The next look comes by itself; until then this is all there is to say.
        logger.error('slack installations cannot be read', { err: toOpsError(error) });
      }
      try {
        await clock.sleep(everyMs, stopping.signal);
      } catch (error) {
        if (!isOpsError(error, 'cancelled')) throw error;
      }
    }
  }

  return {
    async start() {
      loop = run();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
