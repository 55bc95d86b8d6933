import type { ClusterSnapshot, KubeObject, ObjectManager, Step } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { findArgoCd } from './argo-cd.ts';
import { findAutoscaler } from './autoscaler.ts';
import { findFieldOwner } from './field-owner.ts';
import { findFlux } from './flux.ts';
import { findHelm } from './helm.ts';
import type { FindManager } from './manager-facts.ts';
import { findOperator } from './operator.ts';

/** In the order in which they are named: whoever is sure to act comes first. */
const FINDERS: readonly FindManager[] = [
  findArgoCd,
  findFlux,
  findOperator,
  findAutoscaler,
  findHelm,
  findFieldOwner,
];

/** A step and the object that it finds. */
export interface ManagedStep {
  readonly step: Pick<Step, 'target' | 'request' | 'expected'>;
  readonly draft: { readonly before: KubeObject | undefined };
}

/** Who else decides about the objects that a plan changes. Pure. A pod is its controller's; what owns that is named. */
export function findManagers(
  steps: readonly ManagedStep[],
  snapshot: ClusterSnapshot,
): readonly ObjectManager[] {
  const found = steps.flatMap(({ step, draft }) => {
    const { before } = draft;
    if (before === undefined) return [];
    const facts = {
      ref: step.target.ref,
      live: before,
      request: step.request,
      written: writtenOf(step),
      snapshot,
    };
    return FINDERS.flatMap((find) => find(facts) ?? []);
  });
  return [...new Map(found.map((manager) => [canonicalJson(manager), manager])).values()];
}

/** The fields that a step really changes. */
function writtenOf({ target, expected }: ManagedStep['step']): readonly string[] {
  return Object.keys(expected).filter(
    (pointer) => canonicalJson(target.fields[pointer] ?? null) !== canonicalJson(expected[pointer] ?? null),
  );
}
