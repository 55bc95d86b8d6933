import type { Defect } from '../defect.ts';

/** Broken promises about the revisions that workloads keep. */
export const revisionDefects: readonly Defect[] = [
  {
    name: 'the revisions of a StatefulSet are looked for in ReplicaSets',
    file: 'packages/operations/src/revisions/kept-revisions.ts',
    find: "return target.kind === 'Deployment'",
    replace: "return target.kind !== 'DaemonSet'",
    suite: 'packages/agents/src/commands/diff',
  },
  {
    name: 'the way on from a diff names a Deployment whatever the workload is',
    file: 'packages/agents/src/commands/revisions/revisions-reply.ts',
    find: 'const words = [typedName(target)];',
    replace: "const words = [typedName({ ...target, kind: 'Deployment' })];",
    suite: 'packages/agents/src/commands/diff',
  },
];
