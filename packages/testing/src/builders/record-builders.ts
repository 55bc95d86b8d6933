import type {
  ApprovalStatement,
  AuditEntry,
  Conversation,
  ConversationId,
  CorrelationId,
  Defaults,
  InboxDelivery,
  Intent,
  IntentId,
  JobRequest,
  Message,
  MessageId,
  Plan,
  PlanId,
  PlanRecord,
  Principal,
  Request,
  RequestId,
  SignedApproval,
  Step,
  Vote,
  WorkloadRef,
} from '@jamie/core';

const AT = Date.UTC(2026, 0, 15, 12);
const CORRELATION = 'correlation_1' as CorrelationId;
const CONVERSATION = 'conversation_1' as ConversationId;
const REQUEST = 'request_1' as RequestId;
const PLAN = 'p-4k7d2m9q' as PlanId;
const TARGET: WorkloadRef = { kind: 'Deployment', namespace: 'payments', name: 'checkout' };

/** One known person. */
export function aPrincipal(over: Partial<Principal> = {}): Principal {
  return {
    id: 'slack:T1:U1',
    displayName: 'Ada',
    kubernetes: { user: 'ada@example.com', groups: ['developers'] },
    source: 'slack',
    ...over,
  };
}

/** A conversation in a Slack thread of its own id, at version 1. */
export function aConversation(over: Partial<Conversation> = {}): Conversation {
  const id = over.id ?? CONVERSATION;
  const place = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: `ts-${id}` } as const;
  return { id, place, createdAt: AT, version: 1, ...over };
}

/** An open question, at version 1. */
export function aRequest(over: Partial<Request> = {}): Request {
  return {
    id: REQUEST,
    conversationId: CONVERSATION,
    correlationId: CORRELATION,
    principal: aPrincipal(),
    form: 'sentence',
    text: 'why is checkout down?',
    receivedAt: AT,
    status: 'open',
    version: 1,
    ...over,
  };
}

/** A reply with one section of each layout that carries text, at version 1. */
export function aMessage(over: Partial<Message> = {}): Message {
  return {
    id: 'message_1' as MessageId,
    conversationId: CONVERSATION,
    requestId: REQUEST,
    author: 'jamie',
    authorName: 'Jamie',
    body: {
      kind: 'reply',
      reply: {
        tone: 'answer',
        headline: 'checkout exits with code 1',
        sections: [{ kind: 'text', lines: ['It restarts every 40 s.'] }],
        proposals: [],
      },
    },
    at: AT,
    version: 1,
    ...over,
  };
}

/** Scaling payments/checkout from 3 to 5, with its way back. */
export function aPlan(over: Partial<Plan> = {}): Plan {
  return {
    id: PLAN,
    requestId: REQUEST,
    conversationId: CONVERSATION,
    correlationId: CORRELATION,
    cluster: 'prod-eu',
    operation: {
      kind: 'scale',
      target: { kind: 'Deployment', namespace: 'payments', name: 'checkout' },
      replicas: 5,
    },
    headline: 'Scale Deployment checkout 3 -> 5 in payments on prod-eu',
    requester: aPrincipal(),
    steps: [scaleStep('scale', 3, 5)],
    preview: {
      changes: [{ pointer: '/spec/replicas', before: 3, after: 5 }],
      diff: '-  replicas: 3\n+  replicas: 5\n',
      warnings: [],
    },
    blastRadius: { podsAffected: 2, namespaceReadyPods: 12, share: 2 / 12, services: ['checkout'] },
    risk: {
      tier: 'low',
      reasons: ['scales up to at most twice'],
      quorum: { approvals: 1, requesterCounts: true },
      expiresAfterMs: 900_000,
      watchMs: 120_000,
    },
    managers: [],
    rollback: [scaleStep('unscale', 5, 3)],
    onPartialFailure: 'compensate',
    postConditions: [{ kind: 'rollout_complete', ref: TARGET, withinMs: 600_000 }],
    createdAt: AT,
    expiresAt: AT + 900_000,
    policyVersion: '1',
    policyRules: [],
    hash: 'a'.repeat(64),
    ...over,
  };
}

/** An approval that nobody signed: for records of which only the shape matters. */
export function aSignedApproval(over: Partial<ApprovalStatement> = {}): SignedApproval {
  return {
    statement: {
      planId: PLAN,
      planHash: 'a'.repeat(64),
      cluster: 'prod-eu',
      uids: [],
      policyVersion: '1',
      requesterId: aPrincipal().id,
      expiresAt: AT + 900_000,
      basis: 'quorum',
      approvals: [],
      decidedAt: AT,
      ...over,
    },
    signature: { keyId: '0'.repeat(16), value: '' },
  };
}

/** A plan that awaits approval, at version 1. */
export function aPlanRecord(over: Partial<PlanRecord> = {}): PlanRecord {
  return {
    plan: aPlan(),
    status: 'awaiting_approval',
    version: 1,
    updatedAt: AT,
    reason: 'waiting for one approval',
    ...over,
  };
}

export function aVote(over: Partial<Vote> = {}): Vote {
  return {
    planId: PLAN,
    planHash: 'a'.repeat(64),
    principal: aPrincipal(),
    decision: 'approve',
    at: AT,
    ...over,
  };
}

/** The intent to send the first step, not completed. */
export function anIntent(over: Partial<Intent> = {}): Intent {
  return {
    id: 'intent_1' as IntentId,
    planId: PLAN,
    phase: 'execute',
    stepId: 'scale',
    epoch: 1,
    at: AT,
    ...over,
  };
}

export function anAuditEntry(over: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: AT,
    kind: 'plan.approved',
    actor: 'slack:T1:U1',
    correlationId: CORRELATION,
    details: { votes: 1 },
    ...over,
  };
}

/** Where Ada looks unless told otherwise, at version 1. */
export function aDefaults(over: Partial<Defaults> = {}): Defaults {
  return { scope: 'person:slack:T1:U1', namespace: 'payments', version: 1, ...over };
}

/** A job of the catalog that any number of tests may add; `over.deduplicationId` makes it another. */
export function aJobRequest(over: Partial<JobRequest> = {}): JobRequest {
  return {
    name: 'operations.execute',
    payload: { planId: PLAN },
    deduplicationId: 'execute:p-4k7d2m9q',
    correlationId: CORRELATION,
    ...over,
  };
}

/** A mention as Socket Mode delivers it, with two keys of its own. */
export function aDelivery(id: string, over: Partial<InboxDelivery> = {}): InboxDelivery {
  return {
    id,
    keys: [`event:${id}`, `message:T1:C1:${id}`],
    transport: 'socket',
    payload: { type: 'event_callback', event: { type: 'app_mention', text: '<@B1> why?' } },
    receivedAt: AT,
    ...over,
  };
}

function scaleStep(id: string, from: number, to: number): Step {
  return {
    id,
    summary: `set replicas to ${to}`,
    target: {
      ref: TARGET,
      uid: 'uid-1',
      generation: 7,
      fields: { '/spec/replicas': from },
      digest: 'b'.repeat(64),
    },
    request: {
      verb: 'patch',
      target: TARGET,
      subresource: 'scale',
      patch: [
        { op: 'test', path: '/spec/replicas', value: from },
        { op: 'replace', path: '/spec/replicas', value: to },
      ],
    },
    expected: { '/spec/replicas': to },
  };
}
