import type { Evidence, ObjectRef, ObjectView, PodView, Proposal, Severity } from '@jamie/core';
import { observeField } from '../evidence/observe.ts';
import { refOf } from '../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import type { Observation } from './fault.ts';

/** What is to be said of one object. */
interface Said {
  /** The field that shows it, and what it says there. */
  readonly field: string;
  readonly value: string;
  readonly summary: string;
  readonly explanation: string;
  readonly remedies: readonly [Proposal, ...Proposal[]];
  /** Default: now, where nothing dates it. */
  readonly since?: number;
  /** Default: high, as for what a field says outright. */
  readonly confidence?: Observation['confidence'];
  readonly severity?: Severity;
  /** Beside the field. */
  readonly evidence?: readonly Evidence[];
  readonly related?: readonly ObjectRef[];
  /** Pods that wait because of it. */
  readonly waiting?: readonly PodView[];
  readonly sharedKey?: string;
}

/** An observation about an object that a field of it shows, and that no other pod template would mend. */
export function observationOn(index: SnapshotIndex, view: ObjectView, said: Said): Observation {
  const { field, value, waiting = [], evidence = [], related = [], since, confidence, ...rest } = said;
  return {
    ...rest,
    subject: refOf(view),
    since: since ?? index.takenAt,
    evidence: [observeField(view, field, value, index.takenAt), ...evidence],
    related: [...related, ...waiting.map(refOf)],
    pods: waiting,
    confidence: confidence ?? 'high',
    templateMayCauseIt: false,
  };
}
