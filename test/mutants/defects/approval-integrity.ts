import type { Defect } from '../defect.ts';

const EXECUTION = 'packages/operations/src/execution';
const APPROVAL = 'packages/operations/src/approval';

/** Broken promises about what was approved, by whom, and for how long it holds. */
export const approvalIntegrityDefects: readonly Defect[] = [
  {
    name: 'a plan that was edited in the store goes on where it was left',
    file: `${EXECUTION}/execute-plan.ts`,
    find: ' : await endEdited(context, record);',
    replace: ' : false;',
    suite: `${EXECUTION}/edited-in-store`,
  },
  {
    name: 'a way back that was edited in the store is taken',
    file: `${EXECUTION}/roll-back-plan.ts`,
    find: '  if (await endEdited(context, taken)) return;\n',
    replace: '',
    suite: `${EXECUTION}/edited-in-store`,
  },
  {
    name: 'one person who stands in for two counts twice',
    file: 'packages/policy/src/vote.ts',
    find: ' || isSamePerson(earlier.voter, voter),',
    replace: ',',
    suite: 'packages/policy/src/vote',
  },
  {
    name: 'whoever left the team after the click still makes up its quorum',
    file: `${EXECUTION}/review-rights.ts`,
    find: "basis === 'quorum' ? plan.risk.quorum.fromTeams : undefined",
    replace: 'undefined',
    suite: `${APPROVAL}/confirm-voter`,
  },
  {
    name: 'an emergency start lives as long as any plan',
    file: `${EXECUTION}/check-start.ts`,
    find: 'return Math.min(plan.expiresAt, plan.createdAt + LONGEST_BREAK_GLASS_MS);',
    replace: 'return plan.expiresAt;',
    suite: `${APPROVAL}/break-glass`,
  },
  {
    name: 'the glass is broken for two plans in the same instant',
    file: `${EXECUTION}/check-start.ts`,
    find: '    (await emergencyFault(context, record)) ??\n',
    replace: '',
    suite: `${APPROVAL}/break-glass`,
  },
  {
    name: 'every run of a CronJob has a budget of its own',
    file: 'packages/healing/src/remedies/rerun-job.ts',
    find: "return owner?.kind === 'CronJob' ?",
    replace: "return owner?.kind === 'Nothing' ?",
    suite: 'packages/healing/src/remedies/see-faults',
  },
];
