import {
  type ClusterSnapshot,
  type Diagnosis,
  type Evidence,
  type EvidenceId,
  type Finding,
  type HealingCase,
  type JobView,
  type ObjectRef,
  type PodView,
  parsePlanId,
} from '@jamie/core';
import {
  type Candidate,
  type FindCandidates,
  findingsOf,
  type Remedy,
  type RemedyFacts,
  saidBy,
} from './candidate.ts';
import { dependsOn } from './depends-on.ts';
import { isSameObject } from './same-object.ts';

/** What failed longer ago than this has been missed or done otherwise: for people to decide. */
const FAILED_WITHIN_MS = 24 * 60 * 60_000;
/** A scheduled pod that does not start for this long is taken to be stuck: longer than large images take. */
const STUCK_FOR_MS = 15 * 60_000;
/** Ways in which a Job fails by chance. `PodFailurePolicy` says that another try is no use. */
const BY_CHANCE: ReadonlySet<string> = new Set(['BackoffLimitExceeded', 'DeadlineExceeded']);
/** Images and configuration that a new pod would not get either. */
const ITS_OWN = /Image|Config/;
/** Names the fault where no detection of the analysis does. */
const STUCK_CODE = 'JOB-STUCK';
/** `-p-4k7d2m9q`: the end of the name of a Job that a plan made from another. */
const PLAN_ID_LENGTH = 10;

/** A Job that failed is run again; the pod of one that is stuck is made anew. */
export const findRerunJobs: FindCandidates = (facts) =>
  facts.snapshot.objects.Job.flatMap((job) => {
    const subject = subjectOf(job);
    if (isLeftAlone(job, facts)) return [];
    const stuck = stuckPodOf(job, facts.snapshot);
    const remedy = stuck === undefined ? remedyForFailed(job, subject, facts) : anewOf(stuck);
    const finding =
      stuck === undefined ? findingAbout(refOf(job), facts.diagnosis) : stuckFinding(subject, stuck, facts);
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

function refOf({ namespace, name }: JobView): ObjectRef {
  return { kind: 'Job', namespace, name };
}

/** Every run of a CronJob is another Job: were each a fault of its own, a schedule that always fails had no budget. */
function subjectOf(job: JobView): ObjectRef {
  const { owner, namespace } = job;
  return owner?.kind === 'CronJob' ? { kind: 'CronJob', namespace, name: owner.name } : refOf(job);
}

/** Suspended or on its way out, or made by a plan: what that run shows counts for the Job that it came from. */
function isLeftAlone({ name, suspended, deletingSince }: JobView, { diagnosis }: RemedyFacts): boolean {
  if (suspended || deletingSince !== undefined || diagnosis.scope.kind !== 'namespace') return true;
  return name.length > PLAN_ID_LENGTH && parsePlanId(name.slice(-PLAN_ID_LENGTH)) !== undefined;
}

function remedyForFailed(job: JobView, subject: ObjectRef, facts: RemedyFacts): Remedy | undefined {
  const failed = job.conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
  if (failed === undefined || !BY_CHANCE.has(failed.reason)) return undefined;
  if (wasHealed(facts.cases, subject, failed.since)) return undefined;
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

/** The pod of a Job that runs and does not get on. The next run of a CronJob comes anyway. */
function stuckPodOf(job: JobView, { objects, takenAt }: ClusterSnapshot): PodView | undefined {
  if (job.owner?.kind === 'CronJob' || job.activePods === 0) return undefined;
  return objects.Pod.find((pod) => pod.owner?.uid === job.uid && isStuck(pod, takenAt));
}

/** On a node, and not begun: a new pod may start elsewhere. What it lacks itself, a new one would lack, too. */
function isStuck({ phase, nodeName, createdAt, deletingSince, containers }: PodView, now: number): boolean {
  if (phase !== 'Pending' || nodeName === '' || deletingSince !== undefined) return false;
  const lacksSomething = containers.some(
    ({ state }) => state.kind === 'waiting' && ITS_OWN.test(state.reason),
  );
  return !lacksSomething && now - createdAt > STUCK_FOR_MS;
}

function anewOf({ namespace, name }: PodView): Remedy {
  return { kind: 'propose', operation: { kind: 'delete_pod', target: { kind: 'Pod', namespace, name } } };
}

/** No detection is about a pod that only takes its time; after this long it is a fault of its Job. */
function stuckFinding(subject: ObjectRef, pod: PodView, { snapshot }: RemedyFacts): Finding {
  const ref: ObjectRef = { kind: 'Pod', namespace: pod.namespace, name: pod.name };
  const evidence: Evidence = {
    id: 'E1' as EvidenceId,
    source: 'object',
    ref,
    where: 'status.phase',
    observedAt: snapshot.takenAt,
    text: `Pending on node ${pod.nodeName}`,
  };
  const summary = 'its pod has been given a node and does not start';
  return {
    code: STUCK_CODE,
    severity: 'warning',
    subject,
    summary,
    since: pod.createdAt,
    evidence: [evidence],
    related: [ref],
  };
}

function findingAbout(subject: ObjectRef, diagnosis: Diagnosis): Finding | undefined {
  const findings = findingsOf(diagnosis);
  return (
    findings.find((finding) => isSameObject(finding.subject, subject)) ??
    findings.find(({ related }) => related.some((ref) => isSameObject(ref, subject)))
  );
}
