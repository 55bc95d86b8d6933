import { createHash } from 'node:crypto';
import {
  type Conversation,
  type ConversationId,
  type Evidence,
  type EvidenceId,
  type Message,
  type MessageId,
  type ObjectRef,
  type Principal,
  planIdOf,
  type Remediation,
  type RequestId,
} from '@jamie/core';
import type { RemedyRequest, RemedyResult } from '@jamie/operations';
import { type Autonomy, BUILT_IN_POLICY, type PolicyBook } from '@jamie/policy';
import { aConversation, aPlan, aPlanRecord, RecordingLogger, SequentialIds } from '@jamie/testing';
import type { HealingContext, HealingReport } from './healing-context.ts';
import type { Candidate } from './remedies/candidate.ts';

export const CLUSTER = 'prod-eu';

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export const AUTOMATION: Principal = {
  id: 'automation:self-healing',
  displayName: 'Self-healing',
  kubernetes: { user: 'jamie-scarlet:self-healing', groups: [] },
  source: 'automation',
};

/** Everything may happen by itself, three times a day. */
export function anAutonomy(over: Partial<Autonomy> = {}): Autonomy {
  return {
    level: 'act',
    remediations: ['roll-back', 'raise-memory', 'delete-failed-pods', 'rerun-job', 'cordon-node'],
    attempts: 3,
    memoryCeilingBytes: 2 ** 30,
    rolloutWaitMs: 10 * 60_000,
    reportTo: [],
    ...over,
  };
}

/** A policy that gives these namespaces, and the nodes, the same autonomy. */
export function aBook(namespaces: readonly string[], autonomy: Autonomy): PolicyBook {
  return {
    ...BUILT_IN_POLICY,
    autonomousNamespaces: namespaces,
    autonomyOf: (namespace) =>
      namespace === undefined || namespaces.includes(namespace)
        ? autonomy
        : BUILT_IN_POLICY.autonomyOf(namespace),
  };
}

export const CHECKOUT: ObjectRef = { kind: 'Deployment', namespace: 'payments', name: 'checkout' };

/** A Deployment that crashes since an hour ago and may be rolled back. */
export function aCandidate(over: Partial<Candidate> = {}): Candidate {
  const subject = over.subject ?? CHECKOUT;
  const { namespace = 'payments', name } = subject;
  const evidence: Evidence = {
    id: 'E1' as EvidenceId,
    source: 'object',
    ref: subject,
    where: 'status.containerStatuses[app].lastState',
    observedAt: 0,
    text: 'exit code 1, 6 restarts',
  };
  return {
    remediation: 'roll-back',
    subject,
    findingCode: 'CHK-POD-101',
    summary: 'container app exits with code 1 again and again',
    since: 0,
    evidence: [evidence],
    changes: [],
    ruledOut: [],
    dependsOn: [],
    remedy: {
      kind: 'propose',
      operation: { kind: 'rollback', target: { kind: 'Deployment', namespace, name }, toRevision: 1 },
    },
    ...over,
  };
}

/** The plan that operations would make of a request, as it starts, or as it is suggested. */
export function aRemedyPlan(request: RemedyRequest, now: number, level: 'act' | 'suggest'): RemedyResult {
  const id = planIdOf(digest(request.planKey));
  const { operation, requester, conversationId, correlationId, requestId, healing } = request;
  const plan = aPlan({
    id,
    cluster: CLUSTER,
    operation,
    requester,
    conversationId,
    correlationId,
    requestId,
    healing,
    steps: [],
    createdAt: now,
    expiresAt: now + 3_600_000,
    headline: `Heal something (${healing.remediation})`,
  });
  const status = level === 'act' ? 'approved' : 'awaiting_approval';
  const record = aPlanRecord({ plan, status, updatedAt: now, reason: 'Under way.' });
  const changes = [{ kind: 'plan.insert', record } as const];
  return level === 'act'
    ? { kind: 'started', record, changes }
    : { kind: 'suggested', record, changes, why: 'People decide.' };
}

/** A message as a report becomes one, under an id that follows from its key. */
function aReportMessage({ key, kind, healingCase, reply, at }: HealingReport): Message {
  return {
    id: `m_${kind}_${key}` as MessageId,
    conversationId: healingCase.conversationId,
    requestId: 'request_1' as RequestId,
    author: 'jamie',
    authorName: 'Jamie',
    body: { kind: 'reply', reply },
    at,
    version: 1,
  };
}

/** What a healing context is made of here; the rest is the same everywhere. */
export type WorldParts = Pick<HealingContext, 'store' | 'clusters' | 'policy' | 'clock' | 'operations'> &
  Partial<HealingContext>;

/** A context whose conversations and reports go straight into its store. */
export function aHealingContext(parts: WorldParts): HealingContext {
  const ids = new SequentialIds();
  return {
    foreignChanges: { findForeignChanges: async () => [] },
    ids,
    digest,
    logger: new RecordingLogger(),
    jitter: () => 0.5,
    automation: () => AUTOMATION,
    conversationFor: async ({ id }) => {
      const conversation: Conversation = aConversation({ id: `conversation_${id}` as ConversationId });
      return { id: conversation.id, changes: [] };
    },
    report: async (report) => [{ kind: 'message.insert', message: aReportMessage(report) }],
    ...parts,
  };
}

/** Which remediation each kind of object gets here. */
export const REMEDIATION_OF: Readonly<Partial<Record<ObjectRef['kind'], Remediation>>> = {
  Deployment: 'roll-back',
  StatefulSet: 'raise-memory',
  DaemonSet: 'delete-failed-pods',
  Job: 'rerun-job',
  Node: 'cordon-node',
};
