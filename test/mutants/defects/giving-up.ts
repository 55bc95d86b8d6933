import type { Defect } from '../defect.ts';

const EXECUTION = 'packages/operations/src/execution';
const FILE = `${EXECUTION}/wait-or-give-up.ts`;
const SUITE = `${EXECUTION}/wait-or-give-up`;

/** Broken promises about plans whose cluster stays away. */
export const givingUpDefects: readonly Defect[] = [
  {
    name: 'a plan waits for its cluster without end',
    file: FILE,
    find: "if (status !== 'approved' && silentMs >= limitMs)",
    replace: "if (status !== 'approved' && silentMs >= limitMs * 1_000)",
    suite: SUITE,
  },
  {
    name: 'a plan that waits for its cluster does not say so',
    file: FILE,
    find: '  if (unanswered === undefined) await noteSilence(context, record, error, limitMs);\n',
    replace: '',
    suite: SUITE,
  },
  {
    name: 'a request whose answer was lost is called without effect when time is up',
    file: `${EXECUTION}/complete-intent.ts`,
    find: 'completeIntent(context, id, unknownOutcome(why))',
    replace: "completeIntent(context, id, { kind: 'not_applied', reason: why })",
    suite: SUITE,
  },
  {
    name: 'a plan in doubt ends as failed when time is up',
    file: FILE,
    find: "kind: isInDoubt ? 'inconclusive' : 'failed'",
    replace: "kind: isInDoubt ? 'failed' : 'failed'",
    suite: SUITE,
  },
  {
    name: 'a step that may have happened is not named when time is up',
    file: `${EXECUTION}/describe-silence.ts`,
    find: '  return [why, ...doubt, ...progress, ...undo].join',
    replace: '  return [why, ...progress, ...undo].join',
    suite: SUITE,
  },
  {
    name: 'a worker counts the time in which another one works',
    file: FILE,
    find: "  if (status !== 'approved' && lease?.owner !== context.instanceId) return false;\n",
    replace: '',
    suite: SUITE,
  },
  {
    name: 'a plan that goes on is still said to wait',
    file: 'packages/operations/src/plan-event.ts',
    find: 'UNANSWERED_ON.has(event) && { unanswered }',
    replace: '{ unanswered }',
    suite: SUITE,
  },
];
