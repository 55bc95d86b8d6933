import type { ObjectRef } from '@jamie/core';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { defineUnschedulableAnalyzer, type UnschedulableHit } from './unschedulable-pod.ts';

const TAINT = /taint \{([^:}]{1,253}):? ?([^}]{0,253})\}/;

/** CHK-POD-143: every node that would do keeps the pod away by a taint. */
export const taintNotTolerated = defineUnschedulableAnalyzer({
  code: 'CHK-POD-143',
  title: 'pod that does not tolerate the taints of the nodes',
  obstacle: 'taint',
  detail: () => '',
  remedies: (_index, hit) => [
    {
      label: 'Add a toleration, or remove the taint',
      advice: `Tolerate ${taintsOf(hit).join(', ') || 'the taints'} in the pod template if the pod belongs there, or remove the taint from a node.`,
    },
  ],
  nodes: (index, hit) => taintedNodes(index, hit),
});

function taintsOf({ parsed }: UnschedulableHit): readonly string[] {
  return parsed.reasons.flatMap(({ text }) => TAINT.exec(text)?.[1] ?? []);
}

function taintedNodes(index: SnapshotIndex, hit: UnschedulableHit): readonly ObjectRef[] {
  const keys = new Set(taintsOf(hit));
  return index.nodes.filter((node) => node.taints.some((taint) => keys.has(taint.key))).map(refOf);
}
