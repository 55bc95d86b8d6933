import type { EvidenceId } from './ids.ts';
import type { ObjectRef } from './kubernetes/object-ref.ts';

/** One observation: where, when, what. Every claim of ours cites at least one. */
export interface Evidence {
  readonly id: EvidenceId;
  readonly source: 'object' | 'event' | 'log';
  readonly ref: ObjectRef;
  /** The field, event reason or container that was read, for example `status.containerStatuses[app].lastState`. */
  readonly where: string;
  readonly observedAt: number;
  /** Cluster text, redacted; hostile until rendered by something that escapes it. */
  readonly text: string;
}
