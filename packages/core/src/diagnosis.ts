import type { Evidence } from './evidence.ts';
import type { ObjectRef } from './kubernetes/object-ref.ts';
import type { OperationRequest } from './operations/operation-request.ts';

export type Severity = 'critical' | 'warning' | 'info';

/** A fact about the cluster from one analyzer, with what shows it. */
export interface Finding {
  /** Stable detection code, for example `CHK-101`. */
  readonly code: string;
  readonly severity: Severity;
  readonly subject: ObjectRef;
  /** One sentence without the subject's name, for example "container app exits with code 1 soon after it starts". */
  readonly summary: string;
  readonly since: number;
  readonly evidence: readonly Evidence[];
  /** Objects that this finding concerns beside its subject; causes are merged along them. */
  readonly related: readonly ObjectRef[];
}

/** A fix that a person may ask for. An operation where one exists, otherwise the advice alone. */
export interface Proposal {
  readonly label: string;
  readonly advice: string;
  readonly operation?: OperationRequest;
}

/** Something that changed shortly before: what, where, when. */
export interface RecentChange {
  readonly ref: ObjectRef;
  readonly at: number;
  readonly summary: string;
  readonly evidence: Evidence;
}

/** One cause with its consequences beneath it. */
export interface Cause {
  readonly root: Finding;
  readonly consequences: readonly Finding[];
  readonly confidence: 'high' | 'medium' | 'low';
  readonly explanation: string;
  readonly changes: readonly RecentChange[];
  readonly proposals: readonly Proposal[];
}

/** What could not be checked, and why: "cannot tell" is a result of its own. */
export interface Unchecked {
  readonly what: string;
  readonly why: string;
}

export type DiagnosisScope =
  | { readonly kind: 'cluster' }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'object'; readonly ref: ObjectRef };

/** Findings merged into causes, worst first. `verdict` is cannot_tell when what we could not read might hide a fault. */
export interface Diagnosis {
  readonly cluster: string;
  readonly scope: DiagnosisScope;
  readonly verdict: 'faulty' | 'healthy' | 'cannot_tell';
  readonly causes: readonly Cause[];
  readonly ruledOut: readonly string[];
  readonly unchecked: readonly Unchecked[];
  readonly takenAt: number;
  readonly stalenessMs: number;
  readonly objectsChecked: number;
}
