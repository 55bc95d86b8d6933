import type { Defect } from '../defect.ts';

const DECISION = 'packages/policy/src/freeze.ts';
const SWITCH = 'packages/operations/src/freeze.ts';

/** Broken promises about who may stop all changes and let them go again. */
export const freezeDefects: readonly Defect[] = [
  {
    name: 'an automation lets changes go again',
    file: DECISION,
    find: "  if (by.source === 'automation') return { kind: 'refuse', reason: 'automation', message };\n",
    replace: '',
    suite: 'packages/policy/src/freeze',
  },
  {
    name: 'who may only stop all changes lets them go again',
    file: DECISION,
    find: 'return rule?.thawTeams ?? rule?.teams;',
    replace: 'return rule?.teams ?? rule?.thawTeams;',
    suite: 'packages/policy/src/freeze',
  },
  {
    name: 'the policy about the freeze is not asked',
    file: SWITCH,
    find: '  if (refused !== undefined) return refused;\n',
    replace: '',
    suite: 'packages/operations/src/freeze',
  },
  {
    name: 'the freeze is lifted by who has left the team',
    file: SWITCH,
    find: 'decideFreeze(before, frozen, person.principal, ',
    replace: 'decideFreeze(before, frozen, by, ',
    suite: 'packages/operations/src/freeze',
  },
  {
    name: 'to stop all changes waits until somebody can be looked at',
    file: SWITCH,
    find: 'const isFree = frozen || context',
    replace: 'const isFree = context',
    suite: 'packages/operations/src/freeze',
  },
  {
    name: 'the policy about the freeze does not reach the rules in force',
    file: 'packages/policy/src/team/to-policy-book.ts',
    find: '    ...(freeze !== undefined && { freeze }),\n',
    replace: '',
    suite: 'packages/policy/src/team',
  },
];
