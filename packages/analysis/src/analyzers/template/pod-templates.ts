import type { CronJobView, ObjectView, PodSpecView, PodView, WorkloadView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** What pods are made from, with the object that people would change: a workload, a CronJob, a Job or the pod itself. */
export interface PodTemplate {
  readonly view: ObjectView;
  readonly spec: PodSpecView;
  /** Where the spec stands in the object: `spec.template.spec`. */
  readonly path: string;
  /** Whether its pods are to run for good; those of Jobs end. */
  readonly runsForGood: boolean;
}

/**
 * Every template once, in a stable order: those of workloads and CronJobs, and of pods without one that of the Job that made
 * them, or their own. Static pods are left out: their manifests lie on their nodes.
 */
export const findTemplates = oncePerSnapshot((index: SnapshotIndex): readonly PodTemplate[] => {
  const workloads = index.workloads.map((view) => ofTemplate(view, 'spec.template.spec', true));
  const crons = index.cronJobs.map((view) => ofTemplate(view, 'spec.jobTemplate.spec.template.spec', false));
  const known = new Set(index.cronJobs.map(({ uid }) => uid));
  const others = new Map<string, PodTemplate>();
  for (const pod of index.pods) {
    if (pod.owner?.kind === 'Node' || index.workloadOf(pod) !== undefined) continue;
    const job = ownerOf(index, pod, 'Job');
    const key = job?.uid ?? pod.owner?.uid ?? pod.uid;
    if (!others.has(key) && !known.has(job?.owner?.uid ?? '')) others.set(key, ofPod(pod, job));
  }
  return [...workloads, ...crons, ...others.values()].filter(({ view }) => view.deletingSince === undefined);
});

function ofTemplate(view: WorkloadView | CronJobView, path: string, runsForGood: boolean): PodTemplate {
  return { view, spec: view.template.spec, path, runsForGood };
}

function ofPod(pod: PodView, job: ObjectView | undefined): PodTemplate {
  const { spec } = pod;
  if (job !== undefined) return { view: job, spec, path: 'spec.template.spec', runsForGood: false };
  return { view: pod, spec, path: 'spec', runsForGood: spec.restartPolicy === 'Always' };
}

function ownerOf(index: SnapshotIndex, { owner, namespace }: PodView, kind: 'Job'): ObjectView | undefined {
  if (owner?.kind !== kind) return undefined;
  const found = index.find({ kind, namespace, name: owner.name });
  return found?.uid === owner.uid ? found : undefined;
}
