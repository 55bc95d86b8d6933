import type { KubeObject, ObjectRef } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import type { OperationsTiming } from '../operations-context.ts';
import { type CompileResult, refuseCompile } from '../planning/step-draft.ts';
import { ownerOfKey } from './reserved-keys.ts';
import { markPointer, switchFields } from './switch-fields.ts';
import { touchesNoPod } from './workload-facts.ts';

/** Labels or annotations that an object shall have; null takes one away. */
export interface Marks {
  readonly operation: 'label' | 'annotate';
  readonly of: 'labels' | 'annotations';
  readonly target: ObjectRef;
  readonly live: KubeObject;
  readonly marks: Readonly<Record<string, string | null>>;
  /** Who selects by a label that changes. */
  readonly concerns?: readonly string[];
  readonly warnings?: readonly string[];
}

/** Compiles a change of labels or annotations: only those that differ, and never one that belongs to software. */
export function compileMarks(change: Marks, timing: OperationsTiming): CompileResult {
  const { operation, of, target, live, marks, concerns = [] } = change;
  const owned = Object.keys(marks).flatMap((key) => {
    const owner = ownerOfKey(key);
    return owner === undefined ? [] : [{ key, owner }];
  })[0];
  if (owned !== undefined) {
    const message = `I don't set ${owned.key}: it belongs to ${owned.owner}, which acts on it. Use a key of your own, such as example.com/team.`;
    return refuseCompile('not_applicable', message);
  }
  const changed = changedMarks(change);
  const named = `${target.kind} ${target.name}`;
  if (changed.length === 0)
    return refuseCompile('no_change', `${named} has these ${of} already. Nothing to change.`);
  const said = changed.map(([key, value]) => (value === null ? `remove ${key}` : `${key}=${shorten(value)}`));
  const title = `${operation === 'label' ? 'Label' : 'Annotate'} ${named}: ${said.join(', ')}`;
  const facts = touchesNoPod(operation, target);
  return switchFields(
    {
      operation,
      target,
      live,
      title,
      values: Object.fromEntries(changed.map(([key, value]) => [markPointer(of, key), value])),
      facts: { ...facts, effect: { ...facts.effect, ...(concerns.length > 0 && { concerns }) } },
      warnings: [...concerns, ...(change.warnings ?? [])],
    },
    timing,
  );
}

/** The marks of a change that the object does not have that way yet. */
export function changedMarks({ of, live, marks }: Pick<Marks, 'of' | 'live' | 'marks'>) {
  return Object.entries(marks).filter(
    ([key, value]) => (readJsonPointer(live, markPointer(of, key)) ?? null) !== value,
  );
}

function shorten(value: string): string {
  return value.length <= 60 ? value : `${value.slice(0, 59)}…`;
}
