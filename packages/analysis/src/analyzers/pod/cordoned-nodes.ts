import type { NodeView } from '@jamie/core';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { someOf } from '../../wording.ts';
import { cordonedThatFit } from './cordoned-that-fit.ts';
import { defineUnschedulableAnalyzer, type UnschedulableHit } from './unschedulable-pod.ts';

/** CHK-POD-145: the nodes that would take the pod are cordoned. */
export const cordonedNodes = defineUnschedulableAnalyzer({
  code: 'CHK-POD-145',
  title: 'pod that only cordoned nodes would take',
  obstacle: 'cordoned',
  detail: (index, hit) => `; ${someOf(namesOf(index, hit))} would take it and is cordoned`,
  remedies: (index, hit) => {
    const [node] = cordonedThatFit(index.nodes, hit.pod).filter(isReady);
    const advice = {
      label: 'Let a node take pods again, or add one',
      advice: `Ask whoever cordoned ${someOf(namesOf(index, hit))}, or add another node that fits.`,
    };
    if (node === undefined) return [advice];
    return [
      {
        label: `Uncordon ${node.name}`,
        advice: `Somebody cordoned ${node.name}, perhaps on purpose, for maintenance: ask them first. Uncordoned, it takes these pods.`,
        operation: { kind: 'uncordon', target: { kind: 'Node', name: node.name } },
      },
      advice,
    ];
  },
  confidence: 'low',
  nodes: (index, hit) => cordonedThatFit(index.nodes, hit.pod).map(refOf),
});

function namesOf(index: SnapshotIndex, { pod }: UnschedulableHit): readonly string[] {
  return cordonedThatFit(index.nodes, pod).map(({ name }) => name);
}

function isReady(node: NodeView): boolean {
  return findCondition(node, 'Ready')?.status === 'True';
}
