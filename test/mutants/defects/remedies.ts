import type { Defect } from '../defect.ts';

const ANALYSIS = 'packages/analysis/src';
const REMEDIES = `${ANALYSIS}/remedies`;

/** Ways in which a proposal could do harm, or be made where it does not help. */
export const remedyDefects: readonly Defect[] = [
  {
    name: 'fewer pods are proposed where an autoscaler would ask for the rest again',
    file: `${REMEDIES}/scale-to-what-fits.ts`,
    find: "if (isAutoscaled(index, workload)) return { kind: 'no', reason: 'autoscaled' };",
    replace: '',
    suite: REMEDIES,
  },
  {
    name: 'fewer pods are proposed in the middle of a rollout',
    file: `${REMEDIES}/scale-to-what-fits.ts`,
    find: "if (sets.length > 1) return { kind: 'no', reason: 'rollout_under_way' };",
    replace: '',
    suite: REMEDIES,
  },
  {
    name: 'a workload is scaled to nothing because nothing of it runs',
    file: `${REMEDIES}/scale-to-what-fits.ts`,
    find: 'if (replicas < 1 || replicas >= workload.replicas)',
    replace: 'if (replicas >= workload.replicas)',
    suite: REMEDIES,
  },
  {
    name: 'the request that fits is taken from a node that takes no pods',
    file: `${REMEDIES}/request-that-fits.ts`,
    find: "if (node.unschedulable || node.taints.some((taint) => taint.effect !== 'PreferNoSchedule')) return false;",
    replace: '',
    suite: REMEDIES,
  },
  {
    name: 'the earlier revision is proposed although its pods are faulty too',
    file: `${ANALYSIS}/causes/decide-earlier-revision.ts`,
    find: "if (revisions.size > 1) return { kind: 'no', reason: 'several_revisions_faulty' };",
    replace: '',
    suite: REMEDIES,
  },
  {
    name: 'a node is proposed for an uncordon although the pod does not fit it',
    file: `${ANALYSIS}/analyzers/pod/cordoned-that-fit.ts`,
    find: 'Object.entries(pod.nodeSelector).every(([key, value]) => node.labels[key] === value)',
    replace: 'pod.nodeSelector !== undefined',
    suite: REMEDIES,
  },
  {
    name: 'the count before is read from a revision that an ordinary rollout scaled down',
    file: `${ANALYSIS}/analyzers/workload/scaled-to-zero.ts`,
    find: 'set !== newest',
    replace: "set === ''",
    suite: REMEDIES,
  },
  {
    name: 'a Job is run again although a later run has succeeded',
    file: `${ANALYSIS}/analyzers/job/job-failed.ts`,
    find: 'if (cron !== undefined && cron.lastSucceededAt > failedAt) return true;',
    replace: '',
    suite: `${ANALYSIS}/analyzers/job`,
  },
  {
    name: 'an idle autoscaler is taken for one that lacks room',
    file: `${ANALYSIS}/analyzers/workload/autoscaler-at-maximum.ts`,
    find: "if (limited?.status !== 'True' || limited.reason !== 'TooManyReplicas') return [];",
    replace: "if (limited?.status !== 'True') return [];",
    suite: REMEDIES,
  },
];
