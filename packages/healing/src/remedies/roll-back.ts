import type { Cause, ObjectRef, ReplicaSetView } from '@jamie/core';
import { type Candidate, type FindCandidates, type Remedy, type RemedyFacts, saidBy } from './candidate.ts';
import { dependsOn } from './depends-on.ts';
import { isOwnChange } from './own-change.ts';
import { isSameObject } from './same-object.ts';

/** A revision that has run for longer than this is not what broke it just now. */
const NEW_REVISION_MS = 60 * 60_000;

/** Two rollouts so close to each other: somebody is at work on it. */
const AT_WORK_MS = 10 * 60_000;

/** Containers that keep ending or never start, images that cannot be pulled, rollouts past their deadline. */
const CODES: ReadonlySet<string> = new Set([
  'CHK-POD-101',
  'CHK-POD-102',
  'CHK-POD-103',
  'CHK-POD-104',
  'CHK-POD-105',
  'CHK-POD-106',
  'CHK-POD-111',
  'CHK-POD-121',
  'CHK-POD-122',
  'CHK-POD-124',
  'CHK-POD-125',
  'CHK-POD-126',
  'CHK-POD-152',
  'CHK-POD-153',
  'CHK-WKL-301',
]);

/** A Deployment whose newest revision cannot start goes back to the one that analysis has found to be sound. */
export const findRollBacks: FindCandidates = (facts) =>
  facts.diagnosis.causes.flatMap((cause) => {
    const { subject } = cause.root;
    const findings = [cause.root, ...cause.consequences];
    if (subject.kind !== 'Deployment' || !findings.some(({ code }) => CODES.has(code))) return [];
    const candidate: Candidate = {
      remediation: 'roll-back',
      subject,
      ...saidBy(facts.diagnosis, cause.root),
      changes: cause.changes,
      dependsOn: dependsOn(subject, findings, facts.snapshot),
      remedy: remedyFor(subject, cause, facts),
      ...failedRollout(subject, facts),
    };
    return [candidate];
  });

function remedyFor(subject: ObjectRef, cause: Cause, { snapshot, cases }: RemedyFacts): Remedy {
  const operation = cause.proposals.find((proposal) => proposal.operation?.kind === 'rollback')?.operation;
  if (operation === undefined) return notOurs('No earlier revision is known to have been sound.');
  const [newest] = revisionsOf(subject, snapshot.objects.ReplicaSet);
  // A revision that is used again was made before it was rolled out.
  const rolledOutAt = cause.changes.find(({ ref }) => isSameObject(ref, subject))?.at ?? newest?.createdAt;
  if (rolledOutAt === undefined || snapshot.takenAt - rolledOutAt > NEW_REVISION_MS)
    return notOurs('Its newest revision came more than an hour ago, so going back is for people to decide.');
  if (isOwnChange(cases, subject, rolledOutAt))
    return notOurs('Its newest revision came from healing itself.');
  return { kind: 'propose', operation };
}

/** The newest revision, where it has never stood and is nobody's work in progress. */
function failedRollout(subject: ObjectRef, { snapshot }: RemedyFacts): Pick<Candidate, 'failedRolloutAt'> {
  const [newest, previous, ...older] = revisionsOf(subject, snapshot.objects.ReplicaSet);
  if (newest === undefined || previous === undefined || newest.readyReplicas > 0) return {};
  // The first revision came with the Deployment, and a revision that is used again was made long before.
  const isAnother = older.length > 0 && newest.createdAt - previous.createdAt < AT_WORK_MS;
  return isAnother || newest.createdAt < previous.createdAt ? {} : { failedRolloutAt: newest.createdAt };
}

/** Newest first. */
function revisionsOf(
  { namespace, name }: ObjectRef,
  sets: readonly ReplicaSetView[],
): readonly ReplicaSetView[] {
  return sets
    .filter(
      (set) => set.namespace === namespace && set.owner?.kind === 'Deployment' && set.owner.name === name,
    )
    .sort((one, other) => other.revision - one.revision);
}

function notOurs(reason: string): Remedy {
  return { kind: 'none', reason, tell: false };
}
