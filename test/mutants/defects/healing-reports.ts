import type { Defect } from '../defect.ts';

const COMMANDS = 'packages/agents/src/commands';
const HEALING = 'packages/agents/src/healing';

/** Ways in which people could be told too little or too much of what heals itself, or the wrong person could let it go on. */
export const healingReportDefects: readonly Defect[] = [
  {
    name: 'a case is shown to those who may not read its namespace',
    file: `${HEALING}/case-rights.ts`,
    find: 'cases.filter((_, index) => answers[index])',
    replace: 'cases.filter((_, index) => answers[index] !== undefined)',
    suite: `${COMMANDS}/healing.test`,
  },
  {
    name: 'whoever may read a case may close it',
    file: `${COMMANDS}/close-case.ts`,
    find: 'if (!(await mayHeal(context, request.principal, readable))) {',
    replace: 'if (readable.version < 0) {',
    suite: `${COMMANDS}/healing.test`,
  },
  {
    name: 'a case is closed while a plan of it runs',
    file: `${COMMANDS}/close-case.ts`,
    find: "if (status !== 'acting') return undefined;",
    replace: "if (status !== 'resolved') return undefined;",
    suite: `${COMMANDS}/healing.test`,
  },
  {
    name: 'a question about closing a case closes it',
    file: 'packages/agents/src/grammar/sentence/read-typed.ts',
    find: "return parsed.kind === 'intent' && !isAsked ? parsed : undefined;",
    replace: "return parsed.kind === 'intent' ? parsed : undefined;",
    suite: `${COMMANDS}/healing.test`,
  },
  {
    name: 'audit records of cases in namespaces that the person may not read are shown',
    file: `${COMMANDS}/audit.ts`,
    find: 'caseIdOf(entry) === undefined || cases.has(caseIdOf(entry))',
    replace: 'caseIdOf(entry) === undefined || cases.size >= 0',
    suite: `${COMMANDS}/healing.test`,
  },
  {
    name: 'cards go where the policy sent them before',
    file: `${HEALING}/remedy-in-places.ts`,
    find: '{ ...request, requestId, conversationId: main.id }',
    replace: '{ ...request, requestId, conversationId: found.conversationId }',
    suite: `${HEALING}/healing-reports.test`,
  },
  {
    name: 'a card of a case is left without a request',
    file: `${HEALING}/remedy-in-places.ts`,
    find: '{ ...request, requestId, conversationId: main.id }',
    replace: '{ ...request, conversationId: main.id }',
    suite: `${HEALING}/healing-reports.test`,
  },
  {
    name: 'the request of a case waits for an answer',
    file: `${HEALING}/case-request.ts`,
    find: "status: 'answered',",
    replace: "status: 'open',",
    suite: `${HEALING}/healing-reports.test`,
  },
  {
    name: 'a message is posted before its thread has begun',
    file: 'packages/agents/src/desk/thread-place.ts',
    find: 'if (root === undefined || root.slack?.ts !== undefined) return;',
    replace: 'if (root !== undefined || inThreadOf !== undefined) return;',
    suite: `${HEALING}/healing-reports.test`,
  },
  {
    name: 'a plan that nobody asked for does not say so',
    file: 'packages/operations/src/plan-card.ts',
    find: 'plan.healing !== undefined && { healing: describeHealing(plan.healing) }',
    replace: 'plan.healing === undefined && { healing: undefined }',
    suite: 'packages/operations/src/plan-card.test',
  },
];
