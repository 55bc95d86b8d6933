import { findCondition } from '../../snapshot/conditions.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** CHK-JOB-608: a Job waits for somebody to resume it. Queues suspend Jobs on purpose, hence hygiene. */
export const jobSuspended = defineAnalyzer({
  code: 'CHK-JOB-608',
  title: 'Job that is suspended',
  severity: 'info',
  tier: 'workload',
  reads: ['Job'],
  lint: true,
  sources: ['k8sgpt Job suspended'],
  analyze: (index) =>
    index.jobs
      .filter((job) => job.suspended && job.deletingSince === undefined)
      .map((job) =>
        observationOn(index, job, {
          field: 'spec.suspend',
          value: `true; ${job.succeededPods} of ${job.completions} succeeded`,
          summary: 'is suspended',
          since: findCondition(job, 'Suspended')?.since ?? job.createdAt,
          explanation: `Job ${job.name} is suspended: it makes no pod until somebody, or the queue that holds it, resumes it.`,
          remedies: [
            {
              label: `Resume ${job.name} or delete it`,
              advice: `Where no queue holds ${job.name} back, set spec.suspend to false, or delete the Job.`,
            },
          ],
        }),
      ),
});
