import type { HealingCase } from '@jamie/core';
import { caseIdOf, toOpsError } from '@jamie/core';
import type { Candidate } from '../remedies/candidate.ts';
import type { SeeFaults } from '../remedies/see-faults.ts';
import { comesBefore } from '../rules/dependency-order.ts';
import { advanceCase } from './advance-case.ts';
import type { ClusterSweep, HealingPlace, SeenCase } from './cluster-sweep.ts';
import { holdStorms } from './hold-storms.ts';
import { openNewCase } from './open-new-case.ts';
import { tryCase } from './try-case.ts';

/** What was seen of one place. */
interface SeenPlace {
  readonly place: HealingPlace;
  readonly isBlind: boolean;
  /** By the id of their case. */
  readonly candidates: ReadonlyMap<string, Candidate>;
}

/**
 * One sweep of one cluster: every case is taken to where it is now, storms are found, then what may be tried is tried.
 * What fails with one case does not keep the others from their turn. Fails like the store.
 */
export async function sweepCluster(sweep: ClusterSweep, see: SeeFaults, signal?: AbortSignal): Promise<void> {
  const seen = sweep.places.map((place) => look(sweep, see, place));
  for (const each of seen) await advancePlace(sweep, each, signal);
  if (isAborted(signal)) return;
  await holdStorms(sweep);
  for (const each of waitingCases(sweep, seen)) {
    if (isAborted(signal)) return;
    const healingCase = sweep.cases.get(each.healingCase.id) ?? each.healingCase;
    if (isPlaceLost(sweep, healingCase)) continue;
    await guarded(sweep, healingCase.id, () => tryCase(sweep, { ...each, healingCase }));
  }
}

function look(sweep: ClusterSweep, see: SeeFaults, place: HealingPlace): SeenPlace {
  const { context, cluster, snapshot, tally } = sweep;
  const sight = see(snapshot, place, [...sweep.cases.values()]);
  if (sight.kind === 'blind') {
    tally.noteBlind(`${place.namespace ?? 'nodes'} on ${cluster}`, sight.reason);
    return { place, isBlind: true, candidates: new Map() };
  }
  tally.add('faults', sight.candidates.length);
  const candidates = sight.candidates.map(
    (candidate) => [caseIdOf({ cluster, ...candidate }, context.digest), candidate] as const,
  );
  return { place, isBlind: false, candidates: new Map(candidates) };
}

async function advancePlace(
  sweep: ClusterSweep,
  { place, isBlind, candidates }: SeenPlace,
  signal?: AbortSignal,
): Promise<void> {
  const known = [...sweep.cases.values()].filter((each) => belongsTo(each, place));
  for (const healingCase of known) {
    if (isAborted(signal)) return;
    const candidate = candidates.get(healingCase.id);
    const fault = isBlind ? 'unknown' : candidate === undefined ? 'gone' : 'seen';
    await guarded(sweep, healingCase.id, () => advanceCase(sweep, { healingCase, candidate, place }, fault));
  }
  const knownIds = new Set<string>(known.map(({ id }) => id));
  for (const [id, candidate] of candidates) {
    if (isAborted(signal)) return;
    if (!knownIds.has(id)) await guarded(sweep, id, () => openNewCase(sweep, candidate, place));
  }
}

function belongsTo({ subject, remediation }: HealingCase, { namespace, autonomy }: HealingPlace): boolean {
  return subject.namespace === namespace && autonomy.remediations.includes(remediation);
}

/** Those whose fault is there now, in the order in which they are tried. */
function waitingCases(
  { cases, lost }: ClusterSweep,
  seen: readonly SeenPlace[],
): readonly (SeenCase & { readonly candidate: Candidate })[] {
  return [...cases.values()]
    .filter(({ id, status }) => status === 'waiting' && !lost.has(id))
    .sort((one, other) => (comesBefore(one, other) ? -1 : 1))
    .flatMap((healingCase) => {
      for (const { place, candidates } of seen) {
        const candidate = candidates.get(healingCase.id);
        if (candidate !== undefined) return [{ healingCase, place, candidate }];
      }
      return [];
    });
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Another process is at work in the same place: what it does is not known here, so nothing more is tried there. */
function isPlaceLost({ cases, lost }: ClusterSweep, { subject }: HealingCase): boolean {
  return [...lost].some((id) => cases.get(id)?.subject.namespace === subject.namespace);
}

async function guarded(
  { context, cluster, tally }: ClusterSweep,
  caseId: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    tally.add('failed');
    const { code, message } = toOpsError(error);
    context.logger.error('a case of self-healing could not be advanced', { cluster, caseId, code, message });
  }
}
