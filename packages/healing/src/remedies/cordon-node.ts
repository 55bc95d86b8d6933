import type { NodeView, ObjectRef } from '@jamie/core';
import { type Candidate, type FindCandidates, findingsOf, type Remedy, saidBy } from './candidate.ts';
import { isSameObject } from './same-object.ts';

/** As long as Kubernetes lets pods wait for their node before it makes them anew elsewhere. */
const NOT_READY_FOR_MS = 5 * 60_000;
/** At least this share of all nodes must still take pods. */
const LEAST_SCHEDULABLE_SHARE = 0.5;

/** A node that stays not ready gets no new pods; those that it has stay. */
export const findNodesToCordon: FindCandidates = ({ snapshot, diagnosis }) =>
  snapshot.objects.Node.flatMap((node) => {
    if (node.unschedulable || node.deletingSince !== undefined) return [];
    const ready = node.conditions.find(({ type }) => type === 'Ready');
    if (ready === undefined || ready.status === 'True') return [];
    if (snapshot.takenAt - ready.since <= NOT_READY_FOR_MS) return [];
    const subject: ObjectRef = { kind: 'Node', name: node.name };
    const finding = findingsOf(diagnosis).find((each) => isSameObject(each.subject, subject));
    if (finding === undefined) return [];
    const candidate: Candidate = {
      remediation: 'cordon-node',
      subject,
      ...saidBy(diagnosis, finding),
      changes: [],
      dependsOn: [],
      remedy: remedyFor(node, snapshot.objects.Node),
    };
    return [candidate];
  });

function remedyFor({ name }: NodeView, nodes: readonly NodeView[]): Remedy {
  const left = nodes.filter((other) => other.name !== name && takesPods(other)).length;
  if (left < nodes.length * LEAST_SCHEDULABLE_SHARE) {
    const reason = `Only ${left} of ${nodes.length} nodes would still take pods, and at least half have to.`;
    return { kind: 'none', reason, tell: true };
  }
  return { kind: 'propose', operation: { kind: 'cordon', target: { kind: 'Node', name } } };
}

function takesPods({ unschedulable, conditions }: NodeView): boolean {
  return !unschedulable && conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
