import {
  type Diagnosis,
  type Finding,
  type HealingCase,
  type JobView,
  type ObjectRef,
  type PodView,
  parsePlanId,
} from '@jamie/core';
import { type Candidate, type FindCandidates, type Remedy, type RemedyFacts, saidBy } from './candidate.ts';
import { dependsOn } from './depends-on.ts';
import { isSameObject } from './same-object.ts';

/** What failed longer ago than this has been missed or done otherwise: for people to decide. */
export const FAILED_WITHIN_MS = 24 * 60 * 60_000;
/** A scheduled pod that does not start for this long is taken to be stuck: longer than large images take. */
export const STUCK_FOR_MS = 15 * 60_000;
/** Ways in which a Job fails by chance. `PodFailurePolicy` says that another try is no use. */
const BY_CHANCE: ReadonlySet<string> = new Set(['BackoffLimitExceeded', 'DeadlineExceeded']);
/** `-p-4k7d2m9q`: the end of the name of a Job that a plan made from another. */
const PLAN_ID_LENGTH = 10;

/** A Job that failed is run again; the pod of one that is stuck is made anew. */
export const findRerunJobs: FindCandidates = (facts) =>
  facts.snapshot.objects.Job.flatMap((job) => {
    const subject: ObjectRef = { kind: 'Job', namespace: job.namespace, name: job.name };
    const remedy = isLeftAlone(job, facts) ? undefined : remedyFor(job, subject, facts);
    const finding = remedy && findingAbout(subject, facts.diagnosis);
    if (remedy === undefined || finding === undefined) return [];
    const candidate: Candidate = {
      remediation: 'rerun-job',
      subject,
      ...saidBy(facts.diagnosis, finding),
      changes: [],
      dependsOn: dependsOn(subject, [finding], facts.snapshot),
      remedy,
    };
    return [candidate];
  });

/** Suspended or on its way out, or made by a plan: what that run shows counts for the Job that it came from. */
function isLeftAlone({ name, suspended, deletingSince }: JobView, { diagnosis }: RemedyFacts): boolean {
  if (suspended || deletingSince !== undefined || diagnosis.scope.kind !== 'namespace') return true;
  return name.length > PLAN_ID_LENGTH && parsePlanId(name.slice(-PLAN_ID_LENGTH)) !== undefined;
}

function remedyFor(job: JobView, subject: ObjectRef, facts: RemedyFacts): Remedy | undefined {
  const failed = job.conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
  if (failed === undefined) return remedyForStuck(job, facts);
  if (!BY_CHANCE.has(failed.reason) || wasHealed(facts.cases, subject, failed.since)) return undefined;
  if (isSuperseded(job, failed.since, facts)) return undefined;
  if (facts.snapshot.takenAt - failed.since > FAILED_WITHIN_MS)
    return { kind: 'none', reason: 'It failed more than a day ago.', tell: false };
  const { namespace, name } = job;
  return { kind: 'propose', operation: { kind: 'rerun_job', target: { kind: 'Job', namespace, name } } };
}

/** A Job that failed stays failed: a later run of ours that succeeded is what counts. */
function wasHealed(cases: readonly HealingCase[], subject: ObjectRef, since: number): boolean {
  return cases
    .filter((each) => each.remediation === 'rerun-job' && isSameObject(each.subject, subject))
    .flatMap(({ attempts }) => attempts)
    .some(({ outcome, startedAt }) => outcome === 'helped' && startedAt >= since);
}

/** A later run of the same CronJob has succeeded, or has failed and is the one to run again. */
function isSuperseded({ owner, uid }: JobView, since: number, { snapshot }: RemedyFacts): boolean {
  if (owner?.kind !== 'CronJob') return false;
  const { CronJob, Job } = snapshot.objects;
  if (CronJob.some((cron) => cron.uid === owner.uid && cron.lastSucceededAt > since)) return true;
  return Job.some((other) => other.uid !== uid && other.owner?.uid === owner.uid && other.createdAt > since);
}

function remedyForStuck(job: JobView, { snapshot }: RemedyFacts): Remedy | undefined {
  // The next run of a CronJob comes anyway.
  if (job.owner?.kind === 'CronJob' || job.activePods === 0) return undefined;
  const pod = snapshot.objects.Pod.find(
    ({ owner, ...each }) => owner?.kind === 'Job' && owner.uid === job.uid && isStuck(each, snapshot.takenAt),
  );
  if (pod === undefined) return undefined;
  const { namespace, name } = pod;
  return { kind: 'propose', operation: { kind: 'delete_pod', target: { kind: 'Pod', namespace, name } } };
}

/** On a node, and not begun: a new pod may start elsewhere. One that no node takes would only wait anew. */
function isStuck(
  { phase, nodeName, createdAt, deletingSince }: Omit<PodView, 'owner'>,
  now: number,
): boolean {
  if (phase !== 'Pending' || nodeName === '' || deletingSince !== undefined) return false;
  return now - createdAt > STUCK_FOR_MS;
}

function findingAbout(subject: ObjectRef, { causes }: Diagnosis): Finding | undefined {
  const findings = causes.flatMap(({ root, consequences }) => [root, ...consequences]);
  return (
    findings.find((finding) => isSameObject(finding.subject, subject)) ??
    findings.find(({ related }) => related.some((ref) => isSameObject(ref, subject)))
  );
}
