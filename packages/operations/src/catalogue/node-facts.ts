import type { ClusterSnapshot, NodeView } from '@jamie/core';
import { type CompileRefusal, refuseCompile } from '../planning/step-draft.ts';

/** How many nodes still take new pods once this one does not; a refusal where none would. */
export function schedulableNodesLeft(
  snapshot: ClusterSnapshot,
  without: string,
): { readonly kind: 'left'; readonly warnings: readonly string[] } | CompileRefusal {
  if (snapshot.unread.some(({ kind }) => kind === 'Node'))
    return {
      kind: 'left',
      warnings: ['I cannot read the nodes, so I cannot tell how many are left for new pods.'],
    };
  const others = snapshot.objects.Node.filter(({ name }) => name !== without);
  const left = others.filter(takesPods);
  if (left.length === 0) {
    const message = `No other node takes new pods, so nothing could start any more. Uncordon or add a node first; ${without} stays as it is.`;
    return refuseCompile('unsafe', message);
  }
  const cordoned = others.filter(({ unschedulable }) => unschedulable).map(({ name }) => name);
  const also = cordoned.length === 0 ? '' : ` Cordoned already: ${cordoned.join(', ')}.`;
  const count = left.length === 1 ? 'One node is' : `${left.length} nodes are`;
  return { kind: 'left', warnings: [`${count} left for new pods.${also}`] };
}

/** Whether ordinary pods may start there: ready, not cordoned, and no taint that keeps them off. */
function takesPods({ unschedulable, conditions, taints }: NodeView): boolean {
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return isReady && !unschedulable && !taints.some(({ effect }) => effect !== 'PreferNoSchedule');
}
