import type { ConversationId, CorrelationId, PlanId, RequestId } from '../ids.ts';
import type { JsonValue } from '../json.ts';
import type { WorkloadRef } from '../kubernetes/object-ref.ts';
import type { WriteRequest } from '../kubernetes/write-request.ts';
import type { Principal } from '../principal.ts';
import type { OperationRequest } from './operation-request.ts';

/** Fields of an object by JSON pointer; null where the path does not exist. */
export type FieldValues = Readonly<Record<string, JsonValue>>;

/** What the plan read of its target. A live object with another uid or digest makes the plan stale. */
export interface PinnedTarget {
  readonly ref: WorkloadRef;
  readonly uid: string;
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
  /** The fields as they are once the request has had its effect: recovery observes these before it sends. */
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
  | { readonly kind: 'restarts_flat'; readonly ref: WorkloadRef };

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
  readonly risk: Risk;
  /** Steps that restore the recorded fields; empty with a reason in `preview.warnings` where there is no way back. */
  readonly rollback: readonly Step[];
  readonly postConditions: readonly PostCondition[];
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly policyVersion: string;
  /** Another plan that this one replaces after it went stale. */
  readonly replaces?: PlanId;
  readonly hash: string;
}
