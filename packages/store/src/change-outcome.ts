import { type CommitResult, OpsError } from '@jamie/core';

/** What became of one change of a commit. */
export type ChangeOutcome = 'applied' | Extract<CommitResult, { readonly kind: 'conflict' }>['reason'];

/** Throws invalid_input unless a record carries the version after the one it replaces. */
export function requireNextVersion(version: number, expectedVersion: number): void {
  if (version === expectedVersion + 1) return;
  throw new OpsError('invalid_input', 'an update must carry the expected version plus one', {
    details: { version, expectedVersion },
  });
}
