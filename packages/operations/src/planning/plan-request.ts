import type {
  ConversationId,
  CorrelationId,
  HealingOrigin,
  OperationRequest,
  PlanId,
  Principal,
  RequestId,
} from '@jamie/core';

/** Who asks for what, where the card goes, and by which key the plan is found again when it is asked for twice. */
export interface PlanRequest {
  readonly operation: OperationRequest;
  readonly cluster?: string;
  readonly requester: Principal;
  readonly requestId: RequestId;
  readonly conversationId: ConversationId;
  readonly correlationId: CorrelationId;
  /** The same key always gives the same plan id. */
  readonly planKey: string;
  readonly replaces?: PlanId;
  /** The fault that it is meant to heal, where nobody asked for it. */
  readonly healing?: HealingOrigin;
}
