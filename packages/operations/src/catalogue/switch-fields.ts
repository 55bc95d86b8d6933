import type { DirectOperation, JsonValue, KubeObject, ObjectRef, PostCondition } from '@jamie/core';
import { formatJsonPointer } from '@jamie/core';
import type { OperationsTiming } from '../operations-context.ts';
import { type CompileResult, compiledStep, draftOfWrite, type StepFacts } from '../planning/step-draft.ts';
import { fieldsHold, touchesNoPod } from './workload-facts.ts';

/** A change of single fields of one object. */
export interface FieldSwitch {
  readonly operation: DirectOperation['kind'];
  readonly target: ObjectRef;
  readonly live: KubeObject;
  readonly title: string;
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly alsoPinned?: readonly string[];
  readonly facts?: StepFacts;
  readonly conditions?: readonly PostCondition[];
  readonly warnings?: readonly string[];
}

/** One patch of single fields that keep their values afterwards. */
export function switchFields(change: FieldSwitch, timing: OperationsTiming): CompileResult {
  const { operation, target, live, title, values, alsoPinned = [] } = change;
  const step = draftOfWrite(
    live,
    { target, summary: title, values, alsoPinned },
    change.facts ?? touchesNoPod(operation, target),
    change.conditions ?? fieldsHold(target, timing),
  );
  return compiledStep(title, step, change.warnings);
}

/** The pointer of a label or an annotation. */
export function markPointer(of: 'labels' | 'annotations', key: string): string {
  return formatJsonPointer(['metadata', of, key]);
}
