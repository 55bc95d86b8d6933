import type { Finding, ObjectRef, PodView, Proposal, Severity } from '@jamie/core';

type Confidence = 'high' | 'medium' | 'low';

/**
 * Where a fault stands on the way from cause to effect: nodes carry pods, pods make rollouts and workloads, and
 * those stand behind Services. A fault further left may explain one further right, never the reverse.
 */
export const TIERS = ['node', 'admission', 'pod', 'rollout', 'workload', 'service'] as const;
export type Tier = (typeof TIERS)[number];

/** What an analyzer saw, before its code is stamped on it. */
export interface Observation extends Omit<Finding, 'code' | 'severity'> {
  /** Where this one is graver or milder than the analyzer's usual findings. */
  readonly severity?: Severity;
  /** The pods that show it; what becomes of them is a consequence. */
  readonly pods: readonly PodView[];
  /** Pods elsewhere whose own words blame this, whatever their tier: what they suffer from is a consequence. */
  readonly victims?: readonly PodView[];
  /** What of a later tier the cluster's own words blame for this: a fault of one of these objects is its cause. */
  readonly blames?: readonly ObjectRef[];
  /** What it needs to work. Where given, only a fault of one of these objects explains it. */
  readonly standsOn?: readonly ObjectRef[];
  readonly container?: string;
  /** Faults with the same code and key have one cause: a missing ConfigMap, an image, a quota. */
  readonly sharedKey?: string;
  /** One sentence: the point first, with the numbers from the evidence. */
  readonly explanation: string;
  readonly confidence: Confidence;
  /** The fix beside a rollback: advice, or an operation that truly helps. */
  readonly remedies: readonly Proposal[];
  /** Whether another pod template could make it go away. */
  readonly templateMayCauseIt: boolean;
}

/** A finding with what is needed to merge it into a cause and to explain it. */
export interface Fault extends Observation {
  readonly code: string;
  readonly severity: Severity;
  readonly tier: Tier;
  /** Codes of the same tier that explain this one when they concern the same container. */
  readonly explainedBy: readonly string[];
  /** Neither a cause nor a consequence of what else is wrong with the same objects. */
  readonly standsAlone: boolean;
}

/** The part of a fault that leaves this package. */
export function toFinding(fault: Fault): Finding {
  const { code, severity, subject, summary, since, evidence, related } = fault;
  return { code, severity, subject, summary, since, evidence, related };
}
