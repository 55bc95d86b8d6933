import { type ClusterSnapshot, type Finding, formatObjectRef, type ObjectRef } from '@jamie/core';
import { isSameObject } from './same-object.ts';

const MAY_STAND_BEHIND: ReadonlySet<string> = new Set([
  'Node',
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
]);

/**
 * The objects by which a finding may come about: nodes on which its pods run, and the Services and workloads that its
 * evidence names.
 */
export function dependsOn(
  subject: ObjectRef,
  findings: readonly Finding[],
  snapshot: ClusterSnapshot,
): readonly ObjectRef[] {
  const named = findings.flatMap(({ related, evidence }) => [...related, ...evidence.map(({ ref }) => ref)]);
  const all = [...named, ...nodesOf(named, snapshot)].filter(
    (ref) => MAY_STAND_BEHIND.has(ref.kind) && !isSameObject(ref, subject),
  );
  return [...new Map(all.map((ref) => [formatObjectRef(ref), ref])).values()];
}

function nodesOf(refs: readonly ObjectRef[], { objects }: ClusterSnapshot): readonly ObjectRef[] {
  const pods = new Set(refs.filter(({ kind }) => kind === 'Pod').map(formatObjectRef));
  if (pods.size === 0) return [];
  return objects.Pod.filter(
    ({ namespace, name, nodeName }) =>
      nodeName !== '' && pods.has(formatObjectRef({ kind: 'Pod', namespace, name })),
  ).map(({ nodeName }) => ({ kind: 'Node', name: nodeName }));
}
