import type { Clock, Logger } from '@jamie/core';
import { createRegularLook, type RegularLook } from '@jamie/runtime';
import type { InstalledWorkspaces } from './installed-workspaces.ts';

export interface TokenRenewalOptions {
  readonly workspaces: Pick<InstalledWorkspaces, 'renewTokens'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Time between two looks. Default 60,000: several fit into the time by which a token is renewed ahead. */
  readonly everyMs?: number;
}

/** Looks after the tokens of workspaces in which nothing happens, so that the first message there need not wait. */
export function createTokenRenewal({
  workspaces,
  clock,
  logger,
  everyMs = 60_000,
}: TokenRenewalOptions): RegularLook {
  return createRegularLook({
    clock,
    intervalMs: everyMs,
    isFirstAtOnce: true,
    look: () => workspaces.renewTokens(),
    failed: (error) => logger.error('slack installations cannot be read', { err: error }),
  });
}
