import type { Defect } from '../defect.ts';

const VOTE = { file: 'packages/policy/src/vote.ts', suite: 'packages/policy/src/vote' };
const RUN_STEP = 'packages/operations/src/execution/run-step.ts';
const TURN_BATCH = {
  file: 'packages/jobs/src/queue/turn-batch.ts',
  suite: 'packages/jobs/src/queue/turn-batch',
};
const WATCH_SHOWN = {
  file: 'packages/agents/src/desk/watch-shown.ts',
  suite: 'packages/agents/src/desk/watch-shown',
};

/** Whose approval counts, what a start rests on, and what is done together on the way to it. */
export const startDefects: readonly Defect[] = [
  {
    name: 'two accounts of one Kubernetes user make up a quorum of two',
    ...VOTE,
    find: '(earlier) => isSamePerson(earlier.of, of) || isSamePerson(earlier.voter, voter)',
    replace: '(earlier) => earlier.of.id === of.id',
  },
  {
    name: 'the requester approves with another account',
    ...VOTE,
    find: 'if (isSamePerson(principal, plan.requester) && !quorum.requesterCounts)',
    replace: 'if (principal.id === plan.requester.id && !quorum.requesterCounts)',
  },
  {
    name: 'another account of the requester stands in for somebody',
    ...VOTE,
    find: 'isSamePerson(cast.principal, plan.requester) && !plan',
    replace: 'cast.principal.id === plan.requester.id && !plan',
  },
  {
    name: 'a stored approval of the requester counts although it may not',
    ...VOTE,
    find: 'if (isOfRequester && !risk.quorum.requesterCounts) continue;',
    replace: '',
  },
  {
    name: 'an object that moved is not looked at again',
    file: RUN_STEP,
    find: "if (round === 0 && isChecked && seen?.kind === 'found')",
    replace: "if (isChecked && seen?.kind === 'found')",
    suite: 'packages/operations/src/execution/execute-plan',
  },
  {
    name: 'only the first of those involved is asked about',
    file: 'packages/operations/src/execution/review-rights.ts',
    find: 'answers.find(({ allowed }) => !allowed)',
    replace: 'answers.slice(0, 1).find(({ allowed }) => !allowed)',
    suite: 'packages/operations/src/execution/execute-plan',
  },
  {
    name: 'a job that could not be handed over counts as handed over',
    ...TURN_BATCH,
    find: 'for (const { reject } of batch) reject(error);',
    replace: 'for (const { resolve } of batch) resolve(error as Result);',
  },
  {
    name: 'whoever stops listening silences the others',
    ...WATCH_SHOWN,
    find: 'listeners.delete(listener) && listeners.size === 0',
    replace: 'listeners.delete(listener)',
  },
];
