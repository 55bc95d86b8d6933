import type {
  ClusterSnapshot,
  Diagnosis,
  Evidence,
  Finding,
  HealingCase,
  ObjectRef,
  OperationRequest,
  RecentChange,
  Remediation,
} from '@jamie/core';
import type { Autonomy } from '@jamie/policy';

/** What would be done about a fault, or why nothing can be. */
export type Remedy =
  | { readonly kind: 'propose'; readonly operation: OperationRequest }
  /** `tell`: it is ours to heal and we may not, so that people have to know. Otherwise it is none of ours. */
  | { readonly kind: 'none'; readonly reason: string; readonly tell: boolean };

/** A fault that a remediation is meant for, as it is seen now. */
export interface Candidate {
  readonly remediation: Remediation;
  readonly subject: ObjectRef;
  readonly findingCode: string;
  readonly summary: string;
  readonly since: number;
  readonly evidence: readonly Evidence[];
  /** Changes of the hour before it began, ours included. */
  readonly changes: readonly RecentChange[];
  readonly ruledOut: readonly string[];
  /** Other objects by which it may come about: nodes of its pods, Services and workloads that it names. */
  readonly dependsOn: readonly ObjectRef[];
  readonly remedy: Remedy;
  /**
   * When the rollout that brought the fault was made; only where none of its pods is ready, and it did not follow on
   * another one at once.
   */
  readonly failedRolloutAt?: number;
}

/** What a remediation is chosen from. Ages are counted from `snapshot.takenAt`. */
export interface RemedyFacts {
  readonly snapshot: ClusterSnapshot;
  readonly diagnosis: Diagnosis;
  readonly autonomy: Autonomy;
  /** The cases of this cluster, resolved ones included: what we changed ourselves is no fault of others. */
  readonly cases: readonly HealingCase[];
}

/** Finds the faults that one remediation is meant for. Pure and total. */
export type FindCandidates = (facts: RemedyFacts) => readonly Candidate[];

/** Everything that was found, the causes and what follows from them. */
export function findingsOf({ causes }: Diagnosis): readonly Finding[] {
  return causes.flatMap(({ root, consequences }) => [root, ...consequences]);
}

/** What a finding says about a candidate. */
export function saidBy(
  { ruledOut }: Diagnosis,
  { code, summary, since, evidence }: Finding,
): Pick<Candidate, 'findingCode' | 'summary' | 'since' | 'evidence' | 'ruledOut'> {
  return { findingCode: code, summary, since, evidence, ruledOut };
}
