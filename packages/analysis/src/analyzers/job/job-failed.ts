import type { JobView, Proposal } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { jobIndexOf } from '../../snapshot/job-index.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** A Job may fail by chance for these reasons; a pod failure policy says itself that another try is no use. */
const BY_CHANCE: ReadonlySet<string> = new Set(['BackoffLimitExceeded', 'DeadlineExceeded']);

/** CHK-JOB-601: a Job gave up. One that succeeded after retries is well, and a later run makes up for an earlier one. */
export const jobFailed = defineAnalyzer({
  code: 'CHK-JOB-601',
  title: 'Job that failed',
  severity: 'warning',
  tier: 'workload',
  reads: ['Job'],
  helpedBy: ['CronJob', 'Pod'],
  sources: [
    'k8sgpt Job failed',
    'k8sgpt Job BackoffLimitExceeded',
    'Robusta KubeJobFailed',
    'Robusta KrrJobFailed',
    'Robusta K8sJobFailure',
    'Robusta on_job_failure',
    'HolmesGPT job crash',
  ],
  analyze: (index) =>
    index.jobs.flatMap((job) => {
      const failed = findCondition(job, 'Failed');
      if (failed?.status !== 'True' || job.deletingSince !== undefined) return [];
      if (isMadeUpFor(index, job, failed.since)) return [];
      const pods = index.pods.filter((pod) => pod.owner?.uid === job.uid);
      const words = toSingleLine(failed.message, 160);
      return [
        {
          subject: refOf(job),
          summary: `failed (${toSingleLine(failed.reason, 60)})`,
          since: failed.since,
          evidence: [
            observeField(
              job,
              'status.conditions[Failed]',
              `${failed.reason}: ${failed.message}`,
              failed.since,
            ),
          ],
          related: [
            ...pods.map(refOf),
            ...(job.owner?.kind === 'CronJob'
              ? [{ kind: 'CronJob' as const, namespace: job.namespace, name: job.owner.name }]
              : []),
          ],
          pods,
          explanation: `Job ${job.name} failed after ${countOf(job.failedPods, 'failed pod')}: "${words}".`,
          confidence: 'medium' as const,
          remedies: remedies(job, failed.reason),
          templateMayCauseIt: false,
        },
      ];
    }),
});

/** A later run of the same CronJob counts instead, however it ended. */
function isMadeUpFor(index: SnapshotIndex, job: JobView, failedAt: number): boolean {
  const { owner, uid, createdAt } = job;
  if (owner?.kind !== 'CronJob') return false;
  const cron = index.cronJobs.find((each) => each.uid === owner.uid);
  if (cron !== undefined && cron.lastSucceededAt > failedAt) return true;
  return jobIndexOf(index)
    .siblingsOf(job)
    .some((other) => other.uid !== uid && other.createdAt > createdAt);
}

function remedies({ namespace, name }: JobView, reason: string): readonly Proposal[] {
  const advice: Proposal = {
    label: 'Mend what made its pods fail',
    advice: `Read the logs of the pods of Job ${name}: run again unchanged, it fails again unless what it lacked is there now.`,
  };
  if (!BY_CHANCE.has(reason)) return [advice];
  return [
    {
      label: `Run ${name} again`,
      advice: `Makes a new Job from ${name}. It helps where what it lacked is there now; the failed one stays for its logs.`,
      operation: { kind: 'rerun_job', target: { kind: 'Job', namespace, name } },
    },
    advice,
  ];
}
