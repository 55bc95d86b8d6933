import type { ConversationId, HealingCase, HealingCaseId, HealingOrigin } from '@jamie/core';

const AT = Date.UTC(2026, 0, 15, 12);

/** A fault that was just found and for which nothing has been tried, at version 1. */
export function aHealingCase(over: Partial<HealingCase> = {}): HealingCase {
  return {
    id: 'h-00000001' as HealingCaseId,
    cluster: 'prod-eu',
    subject: { kind: 'Deployment', namespace: 'payments', name: 'checkout' },
    remediation: 'roll-back',
    findingCode: 'crash-loop',
    summary: 'checkout crashes since its newest revision',
    status: 'waiting',
    reason: 'It was found and nothing runs yet.',
    firstSeenAt: AT,
    lastSeenAt: AT,
    attempts: [],
    relapses: [],
    reverts: [],
    notBefore: 0,
    conversationId: 'conversation_1' as ConversationId,
    version: 1,
    ...over,
  };
}

/** Why a plan was made by itself: the first of three attempts at that fault. */
export function aHealingOrigin(over: Partial<HealingOrigin> = {}): HealingOrigin {
  return {
    caseId: 'h-00000001' as HealingCaseId,
    remediation: 'roll-back',
    finding: 'checkout crashes since its newest revision',
    evidence: ['status.containerStatuses[app].lastState: exit code 1'],
    attempt: 1,
    attemptsAllowed: 3,
    ...over,
  };
}
