/** How many pods each side of a rollout may have. Percentages as in the Deployment's strategy. */
export interface RolloutBounds {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** One ReplicaSet, as far as the arithmetic of a rollout needs it. */
export interface RolloutSet {
  readonly name: string;
  readonly replicas: number;
  readonly available: number;
}

/** Resolves counts or percentages; surge rounds up, unavailable rounds down, and both zero become one unavailable. */
export function resolveBounds(
  maxSurge: number | string,
  maxUnavailable: number | string,
  replicas: number,
): RolloutBounds {
  const surge = resolve(maxSurge, replicas, Math.ceil);
  const unavailable = resolve(maxUnavailable, replicas, Math.floor);
  if (surge === 0 && unavailable === 0) return { maxSurge: 0, maxUnavailable: 1 };
  return { maxSurge: surge, maxUnavailable: Math.min(unavailable, replicas) };
}

/** The next size of the new ReplicaSet: as large as the surge allows. */
export function sizeOfNewSet(
  desired: number,
  current: number,
  totalReplicas: number,
  bounds: RolloutBounds,
): number {
  if (current >= desired) return desired;
  const room = desired + bounds.maxSurge - totalReplicas;
  return room <= 0 ? current : current + Math.min(room, desired - current);
}

/**
 * The next sizes of the old ReplicaSets, oldest first: unavailable pods go first, then available ones as far as
 * the minimum allows. Only names whose size changes are in the result.
 */
export function sizesOfOldSets(
  desired: number,
  old: readonly RolloutSet[],
  fresh: RolloutSet,
  bounds: RolloutBounds,
): ReadonlyMap<string, number> {
  const total = old.reduce((sum, set) => sum + set.replicas, fresh.replicas);
  const minAvailable = desired - bounds.maxUnavailable;
  const freshUnavailable = fresh.replicas - fresh.available;
  const sizes = new Map(old.map((set) => [set.name, set.replicas]));
  let budget = total - minAvailable - freshUnavailable;
  if (budget <= 0) return new Map();
  for (const set of old) {
    const cut = Math.max(0, Math.min(budget, set.replicas - set.available));
    sizes.set(set.name, set.replicas - cut);
    budget -= cut;
  }
  const available = old.reduce((sum, set) => sum + set.available, fresh.available);
  let spare = available - minAvailable;
  for (const set of old) {
    const size = sizes.get(set.name) ?? 0;
    const cut = Math.max(0, Math.min(spare, size));
    sizes.set(set.name, size - cut);
    spare -= cut;
  }
  const changed = old.filter((set) => sizes.get(set.name) !== set.replicas);
  return new Map(changed.map((set) => [set.name, sizes.get(set.name) ?? 0]));
}

function resolve(value: number | string, replicas: number, round: (value: number) => number): number {
  if (typeof value === 'number') return value;
  const percent = Number.parseFloat(value);
  return value.endsWith('%') ? round((percent * replicas) / 100) : percent;
}
