import { countOf } from '@jamie/analysis';
import type { ClusterSnapshot, HealingCase, HealingStorm, NodeView } from '@jamie/core';

const MINUTE_MS = 60_000;
/** Cases and attempts are counted over this long. */
const COUNTED_MS = 10 * MINUTE_MS;
/** A storm is over once it would not have been one for this long. */
export const CALM_MS = 15 * MINUTE_MS;

/** So many at once have one cause that none of our remedies is about. */
const LIMITS = {
  namespace: { cases: 4, attempts: 3 },
  cluster: { cases: 10, attempts: 6 },
} as const;
/** More nodes than this that are not ready: the cluster or its network, not the machines. */
const NODES_SHARE = 0.2;
/** One node is no storm, however few there are. */
const LEAST_NODES = 2;

/** Too much at once in a place. */
export interface Storm {
  readonly place: HealingStorm['place'];
  /** What makes it one, for a sentence: "4 faults began within 10 min". */
  readonly reason: string;
}

/** Whether a namespace is in a storm, given its cases. Pure. */
export function findNamespaceStorm(cases: readonly HealingCase[], now: number): Storm | undefined {
  return stormOf('namespace', cases, now);
}

/** Whether a whole cluster is, given its cases and nodes. Pure. */
export function findClusterStorm(
  cases: readonly HealingCase[],
  nodes: ClusterSnapshot['objects']['Node'],
  now: number,
): Storm | undefined {
  const down = nodes.filter((node) => wasDown(node, now)).length;
  if (down >= LEAST_NODES && down > nodes.length * NODES_SHARE)
    return {
      place: 'cluster',
      reason: `${down} of ${nodes.length} nodes are not ready, or were not a short while ago`,
    };
  return stormOf('cluster', cases, now);
}

/** Why a case is held up. Without figures that change: it is stored. */
export function heldReason({ place }: Pick<Storm, 'place'>): string {
  const where = place === 'cluster' ? 'on this cluster' : 'in this namespace';
  return `Too much fails at once ${where}; nothing is tried until it has been calm for 15 min.`;
}

function stormOf(place: Storm['place'], cases: readonly HealingCase[], now: number): Storm | undefined {
  const limits = LIMITS[place];
  const begun = cases.map(({ firstSeenAt }) => firstSeenAt);
  if (hasBurst(begun, limits.cases, now))
    return { place, reason: `${limits.cases} faults or more began within 10 min` };
  const tried = cases.flatMap(({ attempts }) => attempts.map(({ startedAt }) => startedAt));
  if (hasBurst(tried, limits.attempts, now))
    return { place, reason: `${countOf(limits.attempts, 'attempt')} or more were made within 10 min` };
  return undefined;
}

/** Whether `count` of the times lie within the counted window, now or at any moment of the calm that must follow. */
function hasBurst(times: readonly number[], count: number, now: number): boolean {
  const recent = times
    .filter((at) => at <= now && now - at < COUNTED_MS + CALM_MS)
    .sort((one, other) => one - other);
  return recent.some((last, index) => {
    const first = recent[index - count + 1];
    return first !== undefined && last - first < COUNTED_MS;
  });
}

function wasDown({ conditions, createdAt }: NodeView, now: number): boolean {
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (ready === undefined) return false;
  if (ready.status !== 'True') return true;
  // One that has only just joined has never been down.
  return now - ready.since < CALM_MS && now - createdAt >= CALM_MS;
}
