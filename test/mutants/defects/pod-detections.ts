import type { Defect } from '../defect.ts';

const ANALYZERS = 'packages/analysis/src/analyzers';

/** Detections of pods, containers and workloads that fire too much or too little. */
export const podDetectionDefects: readonly Defect[] = [
  {
    name: 'a template is told of once for each of its pods',
    file: `${ANALYZERS}/template/pod-templates.ts`,
    find: "if (pod.owner?.kind === 'Node' || index.workloadOf(pod) !== undefined) continue;",
    replace: "if (pod.owner?.kind === 'Node') continue;",
    suite: `${ANALYZERS}/container/container-hygiene`,
  },
  {
    name: 'what a LimitRange fills in is told of as missing',
    file: `${ANALYZERS}/container/no-resources.ts`,
    find: 'defaults.requests.size + defaults.limits.size === 0',
    replace: 'defaults.requests.size >= 0',
    suite: `${ANALYZERS}/container/container-hygiene`,
  },
  {
    name: 'a registry with a port counts as a tag',
    file: `${ANALYZERS}/container/image-parts.ts`,
    find: "const last = name.slice(name.lastIndexOf('/') + 1);",
    replace: 'const last = name;',
    suite: `${ANALYZERS}/container/container-hygiene`,
  },
  {
    name: 'a pod within its grace period counts as stuck',
    file: `${ANALYZERS}/pod/pod-stuck-terminating.ts`,
    find: 'index.takenAt - pod.deletingSince < STUCK_MS',
    replace: 'index.takenAt < 0',
    suite: `${ANALYZERS}/pod/pod-detections`,
  },
  {
    name: 'few restarts in a long life count as a storm',
    file: `${ANALYZERS}/pod/restart-storm.ts`,
    find: 'restartCount >= RESTARTS_A_DAY * days',
    replace: 'restartCount >= Math.min(RESTARTS_A_DAY, days)',
    suite: `${ANALYZERS}/pod/pod-detections`,
  },
  {
    name: 'a missing pull secret is blamed for everything that its pods suffer from',
    file: `${ANALYZERS}/pod/pull-secret-missing.ts`,
    find: '  standsAlone: true,\n',
    replace: '',
    suite: `${ANALYZERS}/pod/pod-detections`,
  },
  {
    name: 'an update that waits for people counts as stuck',
    file: `${ANALYZERS}/workload/standing-update.ts`,
    find: "if (updateStrategy === 'OnDelete' || workload.deletingSince !== undefined) return undefined;",
    replace: 'if (updateStrategy === workload.uid) return undefined;',
    suite: `${ANALYZERS}/workload/workload-detections`,
  },
  {
    name: 'pods below the partition of a StatefulSet count as not updated',
    file: `${ANALYZERS}/workload/standing-update.ts`,
    find: 'const wanted = replicas - partition;',
    replace: 'const wanted = replicas + 0 * partition;',
    suite: `${ANALYZERS}/workload/workload-detections`,
  },
  {
    name: 'a Service that cannot be read counts as missing',
    file: `${ANALYZERS}/workload/governing-service-missing.ts`,
    find: "reads: ['StatefulSet', 'Service'],",
    replace: "reads: ['StatefulSet'],",
    suite: `${ANALYZERS}/workload/workload-detections`,
  },
];
