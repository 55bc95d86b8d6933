import type { StoreChange } from '@jamie/core';

/** A name for what a commit does: its audit entry says it best; else what becomes of a message; else its first change. */
export function nameCommit(changes: readonly StoreChange[]): string {
  for (const change of changes) if (change.kind === 'audit.append') return change.entry.kind;
  const [first] = changes;
  if (first === undefined) return 'nothing';
  if (first.kind !== 'message.update') return first.kind;
  return first.message.slack?.claimedUntil === undefined ? 'message.shown' : 'message.claimed';
}
