import type { JobView } from '@jamie/core';
import { findCondition } from '../../snapshot/conditions.ts';
import { durationOf, jobIndexOf } from '../../snapshot/job-index.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** Far longer than its siblings: the longest of them, several times over. */
const TIMES_LONGER = 5;
/** Not worth a word below this, however short its siblings were. */
const LEAST_MS = 10 * 60_000;
/** kube-prometheus, rule KubeJobNotCompleted. */
const WITHOUT_SIBLINGS_MS = 12 * 3_600_000;

/** CHK-JOB-607: a Job still runs when its siblings were done long ago. */
export const jobTakesTooLong = defineAnalyzer({
  code: 'CHK-JOB-607',
  title: 'Job that runs far longer than its siblings',
  severity: 'warning',
  tier: 'workload',
  reads: ['Job'],
  helpedBy: ['Pod'],
  sources: ['Robusta KubeJobNotCompleted', 'Robusta KubeJobCompletion', 'popeye 1501'],
  analyze: (index) => index.jobs.flatMap((job) => (isRunning(job) ? tell(index, job) : [])),
});

function isRunning(job: JobView): boolean {
  if (job.suspended || job.deletingSince !== undefined || job.startedAt === 0 || job.activePods === 0)
    return false;
  return ['Failed', 'Complete'].every((type) => findCondition(job, type)?.status !== 'True');
}

function tell(index: SnapshotIndex, job: JobView) {
  const siblings = jobIndexOf(index)
    .siblingsOf(job)
    .flatMap((other) => durationOf(other) ?? []);
  const longestMs = siblings.length === 0 ? undefined : Math.max(...siblings);
  const limitMs =
    longestMs === undefined ? WITHOUT_SIBLINGS_MS : Math.max(LEAST_MS, TIMES_LONGER * longestMs);
  const runningMs = index.takenAt - job.startedAt;
  if (!(runningMs > limitMs)) return [];
  const pods = index.pods.filter((pod) => pod.owner?.uid === job.uid);
  const compared =
    longestMs === undefined ? '' : `; the longest of its siblings took ${formatDuration(longestMs)}`;
  return [
    observationOn(index, job, {
      field: 'status.startTime',
      value: `${formatDuration(runningMs)} ago, ${job.succeededPods} of ${job.completions} succeeded${compared}`,
      summary: `has run for ${formatDuration(runningMs)}`,
      since: job.startedAt + limitMs,
      confidence: longestMs === undefined ? 'low' : 'medium',
      related: pods.map(refOf),
      explanation: `Job ${job.name} has run for ${formatDuration(runningMs)} and is not done${compared}.`,
      remedies: [
        {
          label: `See what ${job.name} waits for`,
          advice: `Read the logs of its pods. With activeDeadlineSeconds a Job that hangs ends by itself.`,
        },
      ],
    }),
  ];
}
