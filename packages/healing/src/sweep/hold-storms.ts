import type { HealingCase, HealingStorm, StoreChange } from '@jamie/core';
import { findClusterStorm, findNamespaceStorm, heldReason, type Storm } from '../rules/storm.ts';
import { stormReply } from '../storm-reply.ts';
import type { ClusterSweep } from './cluster-sweep.ts';

/** Why a case that a storm has held up waits once it is over. */
const CALM_REASON = 'It is calm again; it is looked at with the next sweep.';

/** The storms that rage now: of the cluster, or of some of its namespaces. */
export interface Storms {
  of(healingCase: HealingCase): Storm | undefined;
}

/**
 * Finds the storms, holds up the cases within, and lets those go that are outside of one. People are told of each once:
 * the message is in the commit that marks its cases, and a case that is marked says that they were told. Fails like the store.
 */
export async function holdStorms(sweep: ClusterSweep): Promise<Storms> {
  const { snapshot, now, places } = sweep;
  const all = [...sweep.cases.values()];
  const inCluster = findClusterStorm(all, snapshot.objects.Node, now);
  const inNamespaces = new Map(
    places.map(({ namespace }) => [
      namespace,
      findNamespaceStorm(
        all.filter(({ subject }) => subject.namespace === namespace),
        now,
      ),
    ]),
  );
  const storms: Storms = { of: ({ subject }) => inCluster ?? inNamespaces.get(subject.namespace) };
  if (inCluster !== undefined) await hold(sweep, inCluster, all);
  else {
    for (const [namespace, storm] of inNamespaces) {
      if (storm === undefined) continue;
      await hold(
        sweep,
        storm,
        all.filter(({ subject }) => subject.namespace === namespace),
      );
    }
  }
  await letGo(sweep, storms);
  return storms;
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
  const isCommitted = await commitAll(sweep, next, told);
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

async function letGo(sweep: ClusterSweep, storms: Storms): Promise<void> {
  const next = [...sweep.cases.values()]
    .filter((each) => each.storm !== undefined && storms.of(each) === undefined && !sweep.lost.has(each.id))
    .map(({ storm: _over, ...each }) => ({
      ...each,
      reason: each.status === 'waiting' ? CALM_REASON : each.reason,
      version: each.version + 1,
    }));
  if (next.length > 0) await commitAll(sweep, next, []);
}

/** All of them or none: whoever loses looks again with the next sweep, and then sees that people were told. */
async function commitAll(
  { context, cases, lost, tally }: ClusterSweep,
  next: readonly HealingCase[],
  also: readonly StoreChange[],
): Promise<boolean> {
  const puts = next.map(
    (healingCase) =>
      ({ kind: 'healing.put', healingCase, expectedVersion: healingCase.version - 1 }) as const,
  );
  const result = await context.store.commit([...puts, ...also]);
  if (result.kind === 'conflict') tally.add('lost');
  for (const each of next) {
    if (result.kind === 'committed') cases.set(each.id, each);
    else lost.add(each.id);
  }
  return result.kind === 'committed';
}
