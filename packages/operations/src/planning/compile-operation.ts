import type { DirectOperation } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import { checkContent, checkPlace } from '@jamie/policy';
import { definitionOf } from '../catalogue/catalogue.ts';
import { targetsOf } from './direct-operations.ts';
import type { CompileResult, StepDraft } from './step-draft.ts';
import type { Surroundings } from './surroundings.ts';

/** Why an operation is refused before anything is read. */
export interface EarlyRefusal {
  readonly kind: 'refused';
  readonly reason: string;
  readonly message: string;
}

/** The guardrails that need nothing but the operation itself: where its objects are, and what its manifests hold. */
export function refuseUnread(operation: DirectOperation, ownNamespace: string): EarlyRefusal | undefined {
  const decisions = [
    ...(operation.kind === 'apply' ? operation.manifests.map(checkContent) : []),
    ...targetsOf(operation).map((target) => checkPlace(target, ownNamespace)),
  ];
  for (const decision of decisions)
    if (decision.kind === 'deny')
      return { kind: 'refused', reason: decision.reason, message: decision.message };
  return undefined;
}

/** Reads what an operation is about as the requester and compiles it. Throws not_found and forbidden. */
export function compileOperation(
  operation: DirectOperation,
  surroundings: Surroundings,
): Promise<CompileResult> {
  return definitionOf(operation).compile(operation, surroundings);
}

/**
 * Why two steps cannot be in one plan; undefined when they can. Only patches of different fields may meet on one
 * object: of everything else it would not be clear which of the two holds.
 */
export function describeCollision(earlier: readonly StepDraft[], next: StepDraft): string | undefined {
  const name = formatObjectRef(next.target);
  const same = earlier.filter(({ target }) => formatObjectRef(target) === name);
  const clash = same.find((step) => step.request.verb !== 'patch' || next.request.verb !== 'patch');
  if (clash !== undefined)
    return `Two operations of this plan are about ${name} ("${clash.summary}", "${next.summary}"). Ask for one after the other, as two plans.`;
  const shared = same
    .flatMap(({ written }) => written)
    .find((pointer) => next.written.some((other) => overlap(pointer, other)));
  if (shared === undefined) return undefined;
  return `Two operations of this plan write ${shared.slice(1).replaceAll('/', '.')} of ${name}. Keep the one that you want.`;
}

function overlap(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}
