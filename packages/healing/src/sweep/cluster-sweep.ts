import type {
  ClusterSnapshot,
  FreezeState,
  HealingCase,
  HealingCaseId,
  PlanRecord,
  StoreChange,
} from '@jamie/core';
import type { Autonomy } from '@jamie/policy';
import type { HealingContext } from '../healing-context.ts';
import type { Candidate } from '../remedies/candidate.ts';
import type { SweepTally } from './sweep-tally.ts';

/** A namespace in which something may be healed, or the nodes. */
export interface HealingPlace {
  readonly namespace: string | undefined;
  readonly autonomy: Autonomy;
}

/** What one sweep of one cluster works on. `cases` follows what it commits. */
export interface ClusterSweep {
  readonly context: HealingContext;
  readonly cluster: string;
  readonly snapshot: ClusterSnapshot;
  readonly freeze: FreezeState;
  readonly plans: readonly PlanRecord[];
  readonly places: readonly HealingPlace[];
  /** One time for all of it, so that what is decided together agrees. */
  readonly now: number;
  readonly tally: SweepTally;
  readonly cases: Map<HealingCaseId, HealingCase>;
  /** Cases that another process has moved meanwhile: they are looked at again by the next sweep. */
  readonly lost: Set<HealingCaseId>;
}

/** A case with its place and what is seen of it. */
export interface SeenCase {
  readonly healingCase: HealingCase;
  readonly place: HealingPlace;
  readonly candidate: Candidate | undefined;
}

/** Commits a case as it is next, and what goes with it; false where another process was faster. Fails like the store. */
export function commitCase(
  sweep: ClusterSweep,
  next: HealingCase,
  also: readonly StoreChange[] = [],
): Promise<boolean> {
  return commitCases(sweep, [next], also);
}

/** Like commitCase, with several cases: all of them or none. */
export async function commitCases(
  { context, cases, lost, tally }: ClusterSweep,
  next: readonly HealingCase[],
  also: readonly StoreChange[] = [],
): Promise<boolean> {
  const puts = next.map(
    (healingCase) =>
      ({ kind: 'healing.put', healingCase, expectedVersion: healingCase.version - 1 }) as const,
  );
  const { kind } = await context.store.commit([...puts, ...also]);
  if (kind === 'conflict') tally.add('lost');
  for (const each of next) {
    if (kind === 'committed') cases.set(each.id, each);
    else lost.add(each.id);
  }
  return kind === 'committed';
}
