import type { Remediation } from '../healing/remediation.ts';
import type { ConversationId, CorrelationId, HealingCaseId, PlanId, RequestId } from '../ids.ts';
import type { JsonValue } from '../json.ts';
import type { ObjectRef, WorkloadRef } from '../kubernetes/object-ref.ts';
import type { WriteRequest } from '../kubernetes/write-request.ts';
import type { Principal } from '../principal.ts';
import type { OperationRequest } from './operation-request.ts';

/** Fields of an object by JSON pointer; null where the path does not exist. */
export type FieldValues = Readonly<Record<string, JsonValue>>;

/** What the plan read of its target. A live object with another uid or digest makes the plan stale. */
export interface PinnedTarget {
  readonly ref: ObjectRef;
  /** null: there was no such object, and there must be none when the step is carried out. */
  readonly uid: string | null;
  readonly generation: number;
  readonly fields: FieldValues;
  /** SHA-256 over the canonical JSON of `fields`. */
  readonly digest: string;
}

/** One request to the API server, and how to see that it has taken effect. */
export interface Step {
  readonly id: string;
  readonly summary: string;
  readonly target: PinnedTarget;
  readonly request: WriteRequest;
  /**
   * The fields as they are once the request has had its effect: recovery observes these before it sends. After a delete
   * or an eviction the object itself is gone, and this is empty.
   */
  readonly expected: FieldValues;
}

export interface FieldChange {
  readonly pointer: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** What a server-side dry run as the acting identity said would change. */
export interface Preview {
  readonly changes: readonly FieldChange[];
  /** Unified diff of the object before and after, as YAML, without managed fields and status. */
  readonly diff: string;
  readonly warnings: readonly string[];
}

export const RISK_TIERS = ['low', 'medium', 'high'] as const;
export type RiskTier = (typeof RISK_TIERS)[number];

/** Who else feels it. Computed from the snapshot, never from a model. */
export interface BlastRadius {
  readonly podsAffected: number;
  readonly namespaceReadyPods: number;
  /** podsAffected / namespaceReadyPods, 0..1. */
  readonly share: number;
  readonly services: readonly string[];
}

export interface Quorum {
  readonly approvals: number;
  readonly requesterCounts: boolean;
  /** Only people of one of these teams count. Absent: everybody whom the cluster lets make the change. */
  readonly fromTeams?: readonly string[];
}

export interface Risk {
  readonly tier: RiskTier;
  readonly reasons: readonly string[];
  readonly quorum: Quorum;
  readonly expiresAfterMs: number;
  readonly watchMs: number;
}

/** A condition that must hold after the effect; evaluated over time by verification. */
export type PostCondition =
  | { readonly kind: 'rollout_complete'; readonly ref: WorkloadRef; readonly withinMs: number }
  | { readonly kind: 'ready_for'; readonly ref: WorkloadRef; readonly durationMs: number }
  | { readonly kind: 'restarts_flat'; readonly ref: WorkloadRef }
  /** The fields that were written keep their values for as long as readiness is asked of a workload. */
  | { readonly kind: 'fields_hold'; readonly ref: ObjectRef; readonly durationMs: number }
  /** The object with this uid is gone. */
  | { readonly kind: 'gone'; readonly ref: ObjectRef; readonly uid: string; readonly withinMs: number }
  /** Whoever lost a pod has at least this many ready again. */
  | {
      readonly kind: 'ready_again';
      readonly ref: ObjectRef;
      readonly atLeast: number;
      readonly withinMs: number;
    }
  /** A Job ends well. One that still runs when the time is up is inconclusive, not failed. */
  | { readonly kind: 'job_succeeded'; readonly ref: ObjectRef; readonly withinMs: number };

/** Who else decides about an object, and so may take a change of it back. */
export interface ObjectManager {
  readonly kind: 'argo_cd' | 'flux' | 'helm' | 'operator' | 'autoscaler' | 'field_manager';
  /** As people know it, for example `Argo CD application shop`. */
  readonly name: string;
  readonly ref: ObjectRef;
  /** What on the object says so, for example `label argocd.argoproj.io/instance=shop`. */
  readonly evidence: string;
  /** Whether it would take this very change back by itself. */
  readonly reverts: boolean;
  /** The right way, in a sentence. */
  readonly advice: string;
}

/** Why a plan was made by itself. */
export interface HealingOrigin {
  readonly caseId: HealingCaseId;
  readonly remediation: Remediation;
  /** The fault as it was found, in a sentence, and what showed it. */
  readonly finding: string;
  readonly evidence: readonly string[];
  /** The how-manieth attempt at this fault it is, counted from 1, of how many the policy allows within 24 hours. */
  readonly attempt: number;
  readonly attemptsAllowed: number;
}

/** A change, closed over everything that was shown for approval. Never mutated: an edit is a new plan. */
export interface Plan {
  readonly id: PlanId;
  readonly requestId: RequestId;
  readonly conversationId: ConversationId;
  readonly correlationId: CorrelationId;
  readonly cluster: string;
  readonly operation: OperationRequest;
  /** Action, scope and target by name, for example "Scale Deployment checkout 3 -> 5 in payments on prod-eu". */
  readonly headline: string;
  readonly requester: Principal;
  readonly steps: readonly Step[];
  readonly preview: Preview;
  readonly blastRadius: BlastRadius;
  readonly managers: readonly ObjectManager[];
  readonly risk: Risk;
  /**
   * Steps that restore the recorded fields: `<id>-rollback` takes back the step with that id, in the opposite order.
   * Where a step has none there is no way back, and `preview.warnings` says why.
   */
  readonly rollback: readonly Step[];
  /** When a later step cannot be carried out: take the earlier ones back, or leave them and say so. */
  readonly onPartialFailure: 'compensate' | 'hold';
  readonly postConditions: readonly PostCondition[];
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly policyVersion: string;
  /** The rules of the policy that decided, by name. */
  readonly policyRules: readonly string[];
  /** Another plan that this one replaces after it went stale. */
  readonly replaces?: PlanId;
  /** The fault that this plan is meant to heal, where nobody asked for it. */
  readonly healing?: HealingOrigin;
  readonly hash: string;
}
