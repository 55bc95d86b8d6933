import type { Evidence, ObjectRef, ObjectView, Severity } from '@jamie/core';
import { observeField } from '../evidence/observe.ts';
import { refOf } from '../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import type { Observation } from './fault.ts';

/** What is wrong with the configuration of one object. */
export interface Misconfiguration {
  readonly summary: string;
  /** The field that says so, and what it says. */
  readonly field: string;
  readonly says: string;
  readonly explanation: string;
  readonly remedy: { readonly label: string; readonly advice: string };
  /** What else shows it. */
  readonly evidence?: readonly Evidence[];
  readonly related?: readonly ObjectRef[];
  readonly severity?: Severity;
  /** Default: high, because the object itself says it. */
  readonly confidence?: Observation['confidence'];
  /** Default: when the object was made. */
  readonly since?: number;
  readonly sharedKey?: string;
}

/** The observation that an object is configured wrongly: no pod template causes it and no operation mends it. */
export function describeConfiguration(
  index: SnapshotIndex,
  view: ObjectView,
  { field, says, remedy, evidence = [], severity, sharedKey, ...rest }: Misconfiguration,
): Observation {
  return {
    subject: refOf(view),
    since: view.createdAt,
    related: [],
    confidence: 'high',
    ...rest,
    ...(severity !== undefined && { severity }),
    ...(sharedKey !== undefined && { sharedKey }),
    evidence: [observeField(view, field, says, index.takenAt), ...evidence],
    pods: [],
    remedies: [remedy],
    templateMayCauseIt: false,
  };
}
