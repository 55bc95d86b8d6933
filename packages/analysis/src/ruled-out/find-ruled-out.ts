import type { DiagnosisScope, Kind } from '@jamie/core';
import type { Fault } from '../analyzers/fault.ts';
import type { ResolvedScope } from '../scope/resolve-scope.ts';
import { findCondition } from '../snapshot/conditions.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';

interface Suspect {
  /** The codes that would say that this suspect did it. */
  readonly codes: RegExp;
  readonly reads: readonly Kind[];
  readonly innocent: string;
}

const SUSPECTS: readonly Suspect[] = [
  { codes: /^CHK-NODE-/, reads: ['Node'], innocent: 'the nodes that run its pods are ready' },
  { codes: /^CHK-POD-(?:14|17[67])/, reads: ['Pod'], innocent: 'every pod has found a node' },
  { codes: /^CHK-POD-12/, reads: ['Pod'], innocent: 'every image could be pulled' },
  { codes: /^CHK-POD-13/, reads: ['Pod', 'ConfigMap'], innocent: 'the ConfigMaps that its pods name exist' },
  { codes: /^CHK-POD-11/, reads: ['Pod'], innocent: 'no container ran out of memory' },
  { codes: /^CHK-POD-10/, reads: ['Pod'], innocent: 'no container keeps crashing' },
  { codes: /^CHK-POD-15/, reads: ['Pod', 'Event'], innocent: 'no probe fails' },
  { codes: /^CHK-ADM-/, reads: ['Event'], innocent: 'no quota or admission rule refuses its pods' },
  { codes: /^CHK-WKL-30[12]/, reads: ['Deployment', 'ReplicaSet'], innocent: 'no rollout is stuck' },
  { codes: /^CHK-SVC-/, reads: ['Service', 'EndpointSlice'], innocent: 'its Services have ready endpoints' },
];

/** What was looked at and is not it, for a question about one object that has pods. Says only what was read. */
export function findRuledOut(
  index: SnapshotIndex,
  scope: DiagnosisScope,
  resolved: ResolvedScope,
  faults: readonly Fault[],
): readonly string[] {
  if (scope.kind !== 'object' || resolved.pods.length === 0) return [];
  return SUSPECTS.filter(
    (suspect) =>
      suspect.reads.every((kind) => index.isRead(kind)) &&
      !faults.some((fault) => suspect.codes.test(fault.code)) &&
      isSeen(index, resolved, suspect),
  ).map((suspect) => suspect.innocent);
}

/** A claim about nodes needs the nodes, one about Services needs a Service, one about pods needs them settled. */
function isSeen(index: SnapshotIndex, resolved: ResolvedScope, suspect: Suspect): boolean {
  if (suspect.innocent.includes('nodes')) {
    const names = new Set(resolved.pods.map((pod) => pod.nodeName).filter((name) => name !== ''));
    const seen = index.nodes.filter((node) => names.has(node.name));
    return (
      names.size > 0 &&
      seen.length === names.size &&
      seen.every((node) => findCondition(node, 'Ready')?.status === 'True')
    );
  }
  if (suspect.innocent.includes('Services')) {
    return resolved.workloads.some((workload) => index.servicesOf(workload).length > 0);
  }
  if (suspect.innocent.includes('ConfigMaps')) {
    return resolved.pods.some((pod) => pod.references.some((reference) => reference.kind === 'ConfigMap'));
  }
  if (suspect.innocent.includes('node')) return resolved.pods.every((pod) => pod.nodeName !== '');
  return true;
}
