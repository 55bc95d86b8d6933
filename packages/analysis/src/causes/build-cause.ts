import type { Cause, Proposal } from '@jamie/core';
import { type Fault, toFinding } from '../analyzers/fault.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { shortName, someOf } from '../wording.ts';
import { decideEarlierRevision } from './decide-earlier-revision.ts';
import { decideRollback } from './decide-rollback.ts';
import { findChanges } from './find-changes.ts';
import { losesService } from './loses-service.ts';
import type { CauseGroup } from './merge-faults.ts';

/** Turns a group of faults into the cause that people read: explanation, what changed, what to do. */
export function buildCause(index: SnapshotIndex, group: CauseGroup): Cause {
  const { root, consequences } = group;
  return {
    root: toFinding(root),
    consequences: consequences.map(toFinding),
    confidence: root.confidence,
    explanation: [root.explanation, explainConsequences(root, consequences)]
      .filter((part) => part !== '')
      .join(' '),
    changes: findChanges(index, root),
    proposals: proposeFixes(index, root),
  };
}

function explainConsequences(root: Fault, consequences: readonly Fault[]): string {
  const others = consequences.filter((fault) => fault.tier !== root.tier || !isSame(fault, root));
  const services = namesOf(others.filter(losesService));
  const stuck = namesOf(others.filter((fault) => fault.tier === 'rollout'));
  const refused = namesOf(others.filter((fault) => fault.tier === 'admission' && root.tier !== 'admission'));
  const alike = namesOf(others.filter((fault) => fault.code === root.code));
  const parts = [
    ...(alike.length === 0
      ? []
      : [`${someOf(alike)} ${alike.length === 1 ? 'suffers' : 'suffer'} from the same`]),
    ...(refused.length === 0 ? [] : [`pods of ${someOf(refused)} are refused`]),
    ...(stuck.length === 0 ? [] : [`the rollout of ${someOf(stuck)} is stuck`]),
    ...(services.length === 0
      ? []
      : [`${someOf(services)} ${services.length === 1 ? 'has' : 'have'} no ready endpoint`]),
  ];
  return parts.length === 0 ? '' : `Because of that ${parts.join(' and ')}.`;
}

function isSame(fault: Fault, root: Fault): boolean {
  return shortName(fault.subject) === shortName(root.subject);
}

function namesOf(faults: readonly Fault[]): readonly string[] {
  return [...new Set(faults.map((fault) => shortName(fault.subject)))].sort();
}

function proposeFixes(index: SnapshotIndex, root: Fault): readonly Proposal[] {
  const decision = decideRollback(index, root);
  if (decision.kind === 'no') return [...proposeEarlierRevision(index, root), ...root.remedies];
  const { target, newest, previous, proof } = decision;
  const rollback: Proposal = {
    label: `Roll back ${target.name} to revision ${previous.revision}`,
    advice: `The fault began with revision ${newest.revision}. Revision ${previous.revision} was sound: ${proof}.`,
    operation: { kind: 'rollback', target, toRevision: previous.revision },
  };
  return [rollback, ...root.remedies];
}

function proposeEarlierRevision(index: SnapshotIndex, root: Fault): readonly Proposal[] {
  const decision = decideEarlierRevision(index, root);
  if (decision.kind === 'no') return [];
  const { target, proof, stuck } = decision;
  const rollback = { kind: 'rollback' as const, target };
  const deletions = stuck.map(({ namespace, name }) => ({
    kind: 'delete_pod' as const,
    target: { kind: 'Pod' as const, namespace, name },
  }));
  const also =
    stuck.length === 0
      ? ''
      : ` It waits for ${someOf(stuck.map(({ name }) => name))} to become ready, so ${stuck.length === 1 ? 'that pod has' : 'those pods have'} to be deleted too.`;
  return [
    {
      label: `Roll back ${target.name}`,
      advice: `Only pods of the newest revision show the fault. The revision before was sound: ${proof}.${also}`,
      operation: stuck.length === 0 ? rollback : { kind: 'several', operations: [rollback, ...deletions] },
    },
  ];
}
