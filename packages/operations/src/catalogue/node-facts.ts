import type { NodeView } from '@jamie/core';
import { nodesGoing } from '../planning/nodes-going.ts';
import { type CompileRefusal, refuseCompile } from '../planning/step-draft.ts';
import type { Surroundings } from '../planning/surroundings.ts';

/**
 * How many nodes still take new pods once this one does not, nor those that other plans and earlier steps close; a
 * refusal where none would.
 */
export async function schedulableNodesLeft(
  surroundings: Surroundings,
  without: string,
): Promise<{ readonly kind: 'left'; readonly warnings: readonly string[] } | CompileRefusal> {
  const { snapshot } = surroundings;
  if (snapshot.unread.some(({ kind }) => kind === 'Node'))
    return {
      kind: 'left',
      warnings: ['I cannot read the nodes, so I cannot tell how many are left for new pods.'],
    };
  const others = snapshot.objects.Node.filter(({ name }) => name !== without);
  const going = await nodesGoing(surroundings);
  const open = others.filter(takesPods);
  const left = open.filter(({ name }) => !going.has(name));
  if (left.length === 0) {
    const also =
      open.length === 0 ? '' : ` ${open.map(({ name }) => name).join(', ')} would be closed by then, too.`;
    const message = `No other node takes new pods, so nothing could start any more.${also} Uncordon or add a node first; ${without} stays as it is.`;
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
