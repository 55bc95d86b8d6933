import { formatObjectRef, type HealingCase, type ObjectRef } from '@jamie/core';
import { isSameObject } from '../remedies/same-object.ts';
import type { Rule } from './verdict.ts';

const LOOK_AGAIN_MS = 60_000;

/**
 * What a fault may come from is healed first: nodes before what runs on them, and a Service or workload with a case of
 * its own before what depends on it. Of two that depend on each other the one that was found first goes first. What has
 * been handed to people holds nobody up: it had its turn.
 */
export const dependencyOrder: Rule = ({ healingCase, candidate, cases, now }) => {
  const first = cases.find(
    (other) =>
      (other.status === 'waiting' || other.status === 'acting') &&
      candidate.dependsOn.some((ref) => isSameObject(ref, other.subject)) &&
      comesBefore(other, healingCase),
  );
  if (first === undefined) return undefined;
  const reason = `It waits for ${formatObjectRef(first.subject)} (${first.id}), on which it depends.`;
  return { kind: 'wait', until: now + LOOK_AGAIN_MS, reason };
};

/** A total order, so that no two cases wait for each other. */
export function comesBefore(one: HealingCase, other: HealingCase): boolean {
  const byRank = rankOf(one.subject) - rankOf(other.subject);
  if (byRank !== 0) return byRank < 0;
  if (one.firstSeenAt !== other.firstSeenAt) return one.firstSeenAt < other.firstSeenAt;
  return one.id < other.id;
}

function rankOf({ kind }: ObjectRef): number {
  return kind === 'Node' ? 0 : 1;
}
