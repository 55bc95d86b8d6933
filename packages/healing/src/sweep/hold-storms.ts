import type { HealingCase, HealingStorm, StoreChange } from '@jamie/core';
import { findClusterStorm, findNamespaceStorm, heldReason, type Storm } from '../rules/storm.ts';
import { stormReply } from '../storm-reply.ts';
import { type ClusterSweep, commitCases } from './cluster-sweep.ts';

/** Why a case that a storm has held up waits once it is over. */
const CALM_REASON = 'It is calm again; it is looked at with the next sweep.';

/** The storm that a case is in now: that of its cluster before that of its namespace. Pure. */
export function stormOf({ cases, snapshot, now }: ClusterSweep, { subject }: HealingCase): Storm | undefined {
  const all = [...cases.values()];
  return (
    findClusterStorm(all, snapshot.objects.Node, now) ??
    findNamespaceStorm(inNamespace(all, subject.namespace), now)
  );
}

/**
 * Holds up the cases that are in a storm, and lets those go that are outside of one. People are told of each storm once:
 * the message is in the commit that marks its cases, and a case that is marked says that they were told. Fails like the store.
 */
export async function holdStorms(sweep: ClusterSweep): Promise<void> {
  const { snapshot, now, places } = sweep;
  const all = [...sweep.cases.values()];
  const inCluster = findClusterStorm(all, snapshot.objects.Node, now);
  if (inCluster !== undefined) await hold(sweep, inCluster, all);
  else {
    for (const { namespace } of places) {
      const within = inNamespace(all, namespace);
      const storm = findNamespaceStorm(within, now);
      if (storm !== undefined) await hold(sweep, storm, within);
    }
  }
  await letGo(sweep);
}

function inNamespace(cases: readonly HealingCase[], namespace: string | undefined): readonly HealingCase[] {
  return cases.filter(({ subject }) => subject.namespace === namespace);
}

async function hold(sweep: ClusterSweep, storm: Storm, cases: readonly HealingCase[]): Promise<void> {
  const known = cases.find((each) => each.storm?.place === storm.place)?.storm;
  const mark: HealingStorm = known ?? { place: storm.place, since: sweep.now };
  const held = cases.filter(
    ({ id, status, goneSince, storm: marked }) =>
      status === 'waiting' && goneSince === undefined && marked?.place !== storm.place && !sweep.lost.has(id),
  );
  if (held.length === 0) return;
  const next = held.map((each) => ({
    ...each,
    storm: mark,
    reason: heldReason(storm),
    version: each.version + 1,
  }));
  const told = known === undefined ? await tell(sweep, storm, mark, next) : [];
  // Whoever loses looks again with the next sweep, and then sees that people were told.
  const isCommitted = await commitCases(sweep, next, told);
  if (isCommitted && known === undefined) sweep.tally.add('storms');
}

async function tell(
  { context, cluster, now, places }: ClusterSweep,
  storm: Storm,
  { since }: HealingStorm,
  held: readonly HealingCase[],
): Promise<readonly StoreChange[]> {
  const [first] = held;
  const place = places.find(({ namespace }) => namespace === first?.subject.namespace);
  if (first === undefined || place === undefined) return [];
  const where = storm.place === 'cluster' ? '' : (first.subject.namespace ?? 'nodes');
  return context.report({
    kind: 'storm',
    healingCase: first,
    autonomy: place.autonomy,
    reply: stormReply(storm, held),
    key: `storm:${cluster}:${where}:${since}`,
    at: now,
  });
}

async function letGo(sweep: ClusterSweep): Promise<void> {
  const next = [...sweep.cases.values()]
    .filter(
      (each) => each.storm !== undefined && stormOf(sweep, each) === undefined && !sweep.lost.has(each.id),
    )
    .map(({ storm: _over, ...each }) => ({
      ...each,
      reason: each.status === 'waiting' ? CALM_REASON : each.reason,
      version: each.version + 1,
    }));
  if (next.length > 0) await commitCases(sweep, next);
}
