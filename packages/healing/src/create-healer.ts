import { OPEN_PLAN_STATUSES, toOpsError } from '@jamie/core';
import type { PolicyBook } from '@jamie/policy';
import type { Healer, HealingContext, SweepReport } from './healing-context.ts';
import { type SeeFaults, seeFaults } from './remedies/see-faults.ts';
import type { ClusterSweep, HealingPlace } from './sweep/cluster-sweep.ts';
import { sweepCluster } from './sweep/sweep-cluster.ts';
import { SweepTally } from './sweep/sweep-tally.ts';

/** More cases of one cluster than these are beyond what is healed by itself. */
const MOST_CASES = 1_000;
/** Plans of people that may concern a case: those made within this, and the newest of them. */
const PLANS_SINCE_MS = 24 * 60 * 60_000;
const MOST_PLANS = 500;

/**
 * Binds healing to its world. `see` says which faults are there; by default those that analysis finds. All that a sweep
 * must remember is in the store, so that any process may make the next one, and several at once do no harm.
 */
export function createHealer(context: HealingContext, see: SeeFaults = seeFaults): Healer {
  return { sweep: (signal) => sweepAll(context, see, signal) };
}

async function sweepAll(context: HealingContext, see: SeeFaults, signal?: AbortSignal): Promise<SweepReport> {
  const tally = new SweepTally();
  const places = placesOf(context.policy.current());
  if (places.length === 0) return tally.report();
  for (const { name } of context.clusters.list()) {
    if (signal?.aborted === true) break;
    try {
      await sweepCluster(await beginSweep(context, name, places, tally), see, signal);
      tally.add('clusters');
    } catch (error) {
      tally.add('failed');
      const { code, message } = toOpsError(error);
      tally.noteBlind(name, 'it could not be swept');
      context.logger.error('a cluster could not be swept for faults', { cluster: name, code, message });
    }
  }
  return tally.report();
}

/** The nodes first: what runs on them comes after. */
function placesOf(book: PolicyBook): readonly HealingPlace[] {
  return [undefined, ...book.autonomousNamespaces]
    .map((namespace) => ({ namespace, autonomy: book.autonomyOf(namespace) }))
    .filter(({ autonomy }) => autonomy.level !== 'off' && autonomy.remediations.length > 0);
}

async function beginSweep(
  context: HealingContext,
  cluster: string,
  places: readonly HealingPlace[],
  tally: SweepTally,
): Promise<ClusterSweep> {
  const { store, clusters, clock } = context;
  const now = clock.now();
  const [snapshot, freeze, cases, open, recent] = await Promise.all([
    clusters.connect(cluster).snapshots.snapshot(),
    store.readFreeze(),
    store.listHealingCases({ cluster, limit: MOST_CASES }),
    store.listPlans({ statuses: OPEN_PLAN_STATUSES, limit: MOST_PLANS }),
    store.listPlans({ createdSince: now - PLANS_SINCE_MS, limit: MOST_PLANS }),
  ]);
  const plans = [...new Map([...open, ...recent].map((record) => [record.plan.id, record])).values()];
  return {
    context,
    cluster,
    snapshot,
    freeze,
    plans,
    places,
    now,
    tally,
    cases: new Map(cases.map((each) => [each.id, each])),
    lost: new Set(),
  };
}
