import type { Defect } from '../defect.ts';

const SRC = 'packages/healing/src';

/** Defects in what decides about healing. */
export const healingDecisionDefects: readonly Defect[] = [
  {
    name: 'healing counts attempts over an hour instead of a day',
    file: `${SRC}/rules/verdict.ts`,
    find: 'WINDOW_MS = 24 * 60 * 60_000',
    replace: 'WINDOW_MS = 60 * 60_000',
    suite: `${SRC}/decide-attempt`,
  },
  {
    name: 'healing has no budget',
    file: `${SRC}/rules/budget.ts`,
    find: 'if (used < autonomy.attempts) return undefined;',
    replace: 'if (used < autonomy.attempts * 100) return undefined;',
    suite: `${SRC}/decide-attempt`,
  },
  {
    name: 'healing goes on while all changes are frozen',
    file: `${SRC}/rules/frozen.ts`,
    find: '  isFrozen ?',
    replace: '  isFrozen && now < 0 ?',
    suite: `${SRC}/decide-attempt`,
  },
  {
    name: 'an attempt does not depend on the freeze',
    file: `${SRC}/sweep/make-attempt.ts`,
    find: "    { kind: 'freeze.expect', version: freeze.version },\n",
    replace:
      "    ...(freeze.version < 0 ? [{ kind: 'freeze.expect', version: freeze.version } as const] : []),\n",
    suite: `${SRC}/create-healer`,
  },
  {
    name: 'healing fights whoever changes it back',
    file: `${SRC}/rules/fight.ts`,
    find: 'MOST_REVERTS = 2',
    replace: 'MOST_REVERTS = 200',
    suite: `${SRC}/decide-attempt`,
  },
  {
    name: 'healing does not wait for people',
    file: `${SRC}/rules/people-first.ts`,
    find: 'if (plan !== undefined) {',
    replace: 'if (plan !== undefined && facts.now < 0) {',
    suite: `${SRC}/decide-attempt`,
  },
  {
    name: 'a storm ends as soon as nothing new begins',
    file: `${SRC}/rules/storm.ts`,
    find: 'CALM_MS = 15 * MINUTE_MS',
    replace: 'CALM_MS = 0 * MINUTE_MS',
    suite: `${SRC}/decide-attempt`,
  },
  {
    name: 'a plan that went wrong twice is tried again',
    file: `${SRC}/decide-outcome.ts`,
    find: 'and so did taking it back.`, true)',
    replace: 'and so did taking it back.`, false)',
    suite: `${SRC}/decide-outcome`,
  },
  {
    name: 'a storm is told with each sweep',
    file: `${SRC}/sweep/hold-storms.ts`,
    find: '    storm: mark,\n',
    replace: '',
    suite: `${SRC}/create-healer`,
  },
  {
    name: 'healing rolls back what it did itself',
    file: `${SRC}/remedies/roll-back.ts`,
    find: 'if (isOwnChange(cases, subject, newest.createdAt))',
    replace: 'if (isOwnChange([], subject, newest.createdAt) && cases.length < 0)',
    suite: `${SRC}/remedies`,
  },
  {
    name: 'memory is raised above the ceiling',
    file: `${SRC}/remedies/raise-memory.ts`,
    find: 'Math.min(raisedLimit(limit), ceiling)',
    replace: 'Math.max(raisedLimit(limit), 0)',
    suite: `${SRC}/remedies`,
  },
  {
    name: 'a Job that a plan made is run again and again',
    file: `${SRC}/remedies/rerun-job.ts`,
    find: 'parsePlanId(name.slice(-PLAN_ID_LENGTH)) !== undefined',
    replace: 'parsePlanId(name.slice(-PLAN_ID_LENGTH)) === null',
    suite: `${SRC}/remedies`,
  },
  {
    name: 'closing a case gives its budget back at once',
    file: `${SRC}/cases/see-fault.ts`,
    find: 'notBefore: Math.max(now + STEADY_MS, healingCase.notBefore, back ?? 0),',
    replace: 'notBefore: now + STEADY_MS,',
    suite: `${SRC}/create-healer`,
  },
];
