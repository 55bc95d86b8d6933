import { formatMemory, parseQuantity } from '@jamie/analysis';
import type { Cause, ObjectRef, OperationOf, PodView } from '@jamie/core';
import { type Candidate, type FindCandidates, type Remedy, type RemedyFacts, saidBy } from './candidate.ts';
import { dependsOn } from './depends-on.ts';
import { isSameObject } from './same-object.ts';

/** Half as much again: a first step to measure from, as the advice of the analysis has it. */
const GROWTH = 1.5;
const MEBIBYTE = 1_048_576;
/** Limits in steps that people read at a glance. */
const STEP_BYTES = 16 * MEBIBYTE;

const CODES: ReadonlySet<string> = new Set(['CHK-POD-111', 'CHK-POD-112']);

/**
 * A container that was OOMKilled gets half as much memory again, at most what the team allows by itself. The request
 * stays: it was no more than the old limit. What a new revision brought is rolled back instead, where that may help.
 */
export const findRaisedMemory: FindCandidates = (facts) =>
  facts.diagnosis.causes.flatMap((cause) => {
    const resize = resizeOf(cause);
    if (!CODES.has(cause.root.code) || resize?.container === undefined || isRolledBack(cause, facts))
      return [];
    const { subject } = cause.root;
    const candidate: Candidate = {
      remediation: 'raise-memory',
      subject,
      ...saidBy(facts.diagnosis, cause.root),
      changes: cause.changes,
      dependsOn: dependsOn(subject, [cause.root], facts.snapshot),
      remedy: remedyFor(resize, resize.container, cause, facts),
    };
    return [candidate];
  });

function resizeOf({ proposals, root }: Cause): OperationOf<'resize'> | undefined {
  for (const { operation } of proposals) {
    if (operation?.kind === 'resize' && isSameObject(operation.target, root.subject)) return operation;
  }
  return undefined;
}

function isRolledBack({ proposals }: Cause, { autonomy }: RemedyFacts): boolean {
  if (!autonomy.remediations.includes('roll-back')) return false;
  return proposals.some(({ operation }) => operation?.kind === 'rollback');
}

function remedyFor(
  resize: OperationOf<'resize'>,
  container: string,
  { root }: Cause,
  { snapshot, autonomy }: RemedyFacts,
): Remedy {
  const pods = podsNamed(root.related, snapshot.objects.Pod);
  const limits = pods.flatMap((pod) => limitsOf(pod, container));
  if (limits.length === 0) return none(`The memory limit of container ${container} could not be read.`);
  const limit = Math.max(...limits);
  const ceiling = autonomy.memoryCeilingBytes;
  if (limit >= ceiling) {
    return none(
      `Container ${container} may use ${formatMemory(limit)} already, and by itself it may be given at most ${formatMemory(ceiling)}.`,
    );
  }
  const memory = `${Math.floor(Math.min(raisedLimit(limit), ceiling) / MEBIBYTE)}Mi`;
  return { kind: 'propose', operation: { ...resize, limits: { memory } } };
}

/** The next limit in bytes, before the ceiling. */
export function raisedLimit(limitBytes: number): number {
  return Math.ceil((limitBytes * GROWTH) / STEP_BYTES) * STEP_BYTES;
}

function podsNamed(refs: readonly ObjectRef[], pods: readonly PodView[]): readonly PodView[] {
  return pods.filter(({ namespace, name }) =>
    refs.some((ref) => ref.kind === 'Pod' && ref.namespace === namespace && ref.name === name),
  );
}

function limitsOf({ containers }: PodView, container: string): readonly number[] {
  return containers
    .filter(({ name }) => name === container)
    .flatMap(({ limits }) => parseQuantity(limits['memory'] ?? '') ?? []);
}

function none(reason: string): Remedy {
  return { kind: 'none', reason, tell: true };
}
