import type { ClusterSnapshot, KubeObject, PlanRecord, Step } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import { isInEffect } from '../execution/compare-target.ts';
import { OUR_FIELD_MANAGER } from '../ownership/field-owner.ts';
import { findManagers } from '../ownership/find-managers.ts';
import { holdsField, type ManagedFields, managedFieldsOf } from '../ownership/managed-fields.ts';
import { readFields } from '../planning/field-write.ts';

/** Who gave a field the value that it has. */
export type Writer =
  /** The product itself, by a later plan that nobody asked for either. */
  | { readonly kind: 'ours' }
  | {
      readonly kind: 'other';
      /** As people know them; `somebody` where nothing tells. */
      readonly by: string;
      /** Milliseconds since 1970; undefined where nothing tells. */
      readonly at: number | undefined;
      /** The right way, in a sentence; empty where nobody knows better. */
      readonly advice: string;
    };

/** What is known of a field that no longer has the value that a step gave it. */
export interface ChangedField {
  readonly step: Step;
  readonly pointer: string;
  readonly live: KubeObject;
  readonly snapshot: ClusterSnapshot;
  /** Plans that were made after the one that wrote the field, newest first, of the same cluster. */
  readonly laterPlans: readonly PlanRecord[];
}

/**
 * Who changed a field after a plan had written it. Pure. A later plan whose effect is there now is surest; then a manager
 * that takes changes back, as ownership names it; then the newest entry of managedFields that holds the field.
 */
export function foreignWriter(field: ChangedField): Writer {
  return writerByPlan(field) ?? writerByOwnership(field) ?? writerByFields(field);
}

function writerByPlan({ step, pointer, live, laterPlans }: ChangedField): Writer | undefined {
  const name = formatObjectRef(step.target.ref);
  const record = laterPlans.find(({ plan }) =>
    plan.steps.some(
      (each) =>
        formatObjectRef(each.target.ref) === name &&
        Object.keys(each.expected).some((written) => overlaps(written, pointer)) &&
        isInEffect(each, live),
    ),
  );
  if (record === undefined) return undefined;
  const { plan, decidedAt, updatedAt } = record;
  const { requester } = plan;
  if (requester.source === 'automation') return { kind: 'ours' };
  const advice = `${plan.id} did; ask ${requester.displayName} why.`;
  return { kind: 'other', by: requester.displayName, at: decidedAt ?? updatedAt, advice };
}

function overlaps(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}

function writerByOwnership({ step, pointer, live, snapshot }: ChangedField): Writer | undefined {
  // What is asked is who decides about this one field, whatever else the step wrote.
  const only = {
    target: { ...step.target, fields: readFields(live, [pointer]) },
    request: step.request,
    expected: { [pointer]: step.expected[pointer] ?? null },
  };
  const owner = findManagers([{ step: only, draft: { before: live } }], snapshot).find(
    ({ reverts }) => reverts,
  );
  if (owner === undefined) return undefined;
  return { kind: 'other', by: owner.name, at: newestOf(othersOf(live))?.at, advice: owner.advice };
}

function writerByFields({ pointer, live }: ChangedField): Writer {
  const others = othersOf(live);
  const holder = newestOf(others.filter(({ fields }) => holdsField(fields, pointer, live)));
  if (holder !== undefined) {
    return { kind: 'other', by: `field manager ${holder.manager}`, at: holder.at, advice: '' };
  }
  // A field that somebody took away is held by nobody.
  return { kind: 'other', by: 'somebody', at: newestOf(others)?.at, advice: '' };
}

function othersOf(live: KubeObject): readonly ManagedFields[] {
  return managedFieldsOf(live).filter(
    ({ manager, subresource }) => manager !== OUR_FIELD_MANAGER && subresource !== 'status',
  );
}

function newestOf(entries: readonly ManagedFields[]): ManagedFields | undefined {
  return entries.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
}
