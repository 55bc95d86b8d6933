import type { Defect } from '../defect.ts';

const EXECUTION = 'packages/operations/src/execution';
const SUITE = `${EXECUTION}/make-once`;

/** Broken promises about objects that a plan makes. */
export const makeOnceDefects: readonly Defect[] = [
  {
    name: 'what somebody deleted is made once more by the next worker',
    file: `${EXECUTION}/run-step.ts`,
    find: "  if (mayHaveVanished(context, run, intent)) return stop({ ...facts, kind: 'vanished' });\n",
    replace: '',
    suite: SUITE,
  },
  {
    name: 'a worker sends although its lease has run out',
    file: `${EXECUTION}/run-step.ts`,
    find: '    refuseAfterLease(context, record);\n',
    replace: '',
    suite: SUITE,
  },
  {
    name: 'an apply to an object that is there names no uid',
    file: 'packages/kubernetes/src/guard/format-write.ts',
    find: 'return { uid, ...(resourceVersion !== undefined && { resourceVersion }) };',
    replace: 'return { ...(resourceVersion !== undefined && { resourceVersion }) };',
    suite: 'packages/kubernetes/src/guard/decide-writes',
  },
  {
    name: 'an apply that is to make an object changes one that is there',
    file: 'packages/kubernetes/src/guard/format-write.ts',
    find: '  if (uid === null) return { resourceVersion: OLDEST_VERSION };\n',
    replace: '  if (uid === null) return {};\n',
    suite: 'packages/kubernetes/src/guard/decide-writes',
  },
  {
    name: 'the guard lets an apply through without a precondition',
    file: 'packages/kubernetes/src/guard/decide-apply.ts',
    find: "  if (!dryRun && resourceVersion === undefined) return refused('precondition_missing');\n",
    replace: '',
    suite: 'packages/kubernetes/src/guard/decide-writes',
  },
];
