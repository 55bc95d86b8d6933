import type { Defect } from '../defect.ts';

const STANDING = 'packages/operations/src/remedies/remedy-standing.ts';
const DECISION = 'packages/operations/src/remedies/decide-remedy.ts';
const FAULT = 'packages/operations/src/remedies/autonomy-fault.ts';
const REMEDY = 'packages/operations/src/remedies/remedy.ts';
const FAULT_SUITE = 'packages/operations/src/remedies/autonomy-fault';

/** Broken promises about what may start by itself. */
export const selfHealingDefects: readonly Defect[] = [
  {
    name: 'one place that lets it act is enough for all places',
    file: STANDING,
    find: "level: levels.includes('suggest') ? 'suggest' : 'act'",
    replace: "level: levels.includes('act') ? 'act' : 'suggest'",
    suite: 'packages/operations/src/remedies/remedy-standing',
  },
  {
    name: 'a remedy may be any operation',
    file: STANDING,
    find: 'operations.every(({ kind })',
    replace: 'operations.some(({ kind })',
    suite: 'packages/operations/src/remedies/remedy-standing',
  },
  {
    name: 'memory is given beyond the ceiling',
    file: STANDING,
    find: 'bytes > ceilingBytes',
    replace: 'bytes > 2 * ceilingBytes',
    suite: 'packages/operations/src/remedies/remedy-standing',
  },
  {
    name: 'high risk starts by itself',
    file: DECISION,
    find: "plan.risk.tier === 'high'",
    replace: "plan.risk.tier === 'low'",
    suite: 'packages/operations/src/remedies/decide-remedy',
  },
  {
    name: 'what somebody else takes back is planned all the same',
    file: REMEDY,
    find: 'if (owner !== undefined) {',
    replace: "if (owner !== undefined && result.kind === 'refused') {",
    suite: 'packages/operations/src/remedies/remedy.test',
  },
  {
    name: 'a rule that was withdrawn still lets a plan start',
    file: FAULT,
    find: "  if (standing.kind === 'refused') return standing.message;\n",
    replace: "  if (standing.kind === 'refused') return undefined;\n",
    suite: FAULT_SUITE,
  },
  {
    name: 'a plan starts that no case names as its attempt',
    file: FAULT,
    find: 'found.attempts.some(({ planId }) => planId === plan.id)',
    replace: 'found.attempts.length >= 0',
    suite: FAULT_SUITE,
  },
  {
    name: 'the rule is not asked again before the start',
    file: 'packages/operations/src/execution/check-start.ts',
    find: '    (await autonomyFault(context, record)) ??\n',
    replace: '',
    suite: FAULT_SUITE,
  },
  {
    name: 'a plan made by itself has a successor when it goes stale',
    file: 'packages/operations/src/execution/end-stale.ts',
    find: "if (plan.requester.source === 'automation') {",
    replace: "if (plan.requester.source === 'local') {",
    suite: 'packages/operations/src/remedies/remedy.test',
  },
  {
    name: 'the fault that a plan heals is not under its hash',
    file: 'packages/operations/src/planning/plan-hash.ts',
    find: '      ...(plan.healing !== undefined && { healing: plan.healing }),\n',
    replace: '',
    suite: 'packages/operations/src/remedies/remedy.test',
  },
  {
    name: 'what was changed again by itself is taken for a fight',
    file: 'packages/operations/src/remedies/foreign-writer.ts',
    find: "  if (requester.source === 'automation') return { kind: 'ours' };\n",
    replace: '',
    suite: 'packages/operations/src/remedies/find-foreign-changes',
  },
  {
    name: 'an automation that the file names no more goes on',
    file: 'apps/standalone/src/confirm-people.ts',
    find: "if (automation?.id === id) return { kind: 'known', principal: automation };",
    replace: "if (automation?.id !== '') return { kind: 'known', principal: automation as Principal };",
    suite: 'apps/standalone/src/confirm-people',
  },
  {
    name: 'two entries of a policy may say different things of one namespace',
    file: 'packages/policy/src/team/compile-team-policy.ts',
    find: ', ...autonomyProblems(document)]',
    replace: ', ...autonomyProblems({ autonomy: [] })]',
    suite: 'packages/policy/src/team/autonomy',
  },
  {
    name: 'cases are listed by how often they changed',
    file: 'packages/store/src/sqlite/healing-changes.ts',
    find: 'last_seen_at: lastSeenAt',
    replace: 'last_seen_at: version + 0 * lastSeenAt',
    suite: 'packages/store/src/sqlite/sqlite-store',
  },
];
