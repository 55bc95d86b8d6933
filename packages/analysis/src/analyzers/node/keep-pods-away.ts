import type { NodeView, Proposal } from '@jamie/core';

/** Offers to cordon a node that is in trouble; nothing where it is cordoned already. */
export function keepPodsAway({ name, unschedulable }: NodeView): readonly Proposal[] {
  if (unschedulable) return [];
  return [
    {
      label: `Cordon ${name}`,
      advice: `Keeps new pods away from ${name} while somebody looks at it, also when it comes back for a moment; uncordon it afterwards.`,
      operation: { kind: 'cordon', target: { kind: 'Node', name } },
    },
  ];
}
