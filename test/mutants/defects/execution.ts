import type { Defect } from '../defect.ts';

const EXECUTION = 'packages/operations/src/execution';
const VERIFICATION = 'packages/operations/src/verification';
const OPERATIONS = 'packages/operations/src';
const SEVERAL = `${EXECUTION}/several-steps`;

/** Ways in which a plan of several steps could do something twice, leave something standing, or tell less than it did. */
export const executionDefects: readonly Defect[] = [
  {
    name: 'a pod that was made anew under the same name is evicted',
    file: `${EXECUTION}/compare-target.ts`,
    find: "  if (takesAway(step)) return { kind: 'in_effect' };\n",
    replace: '',
    suite: SEVERAL,
  },
  {
    name: 'somebody else’s object under the name counts as the plan’s own',
    file: `${EXECUTION}/compare-target.ts`,
    find: 'if (isInEffect(step, live) && carriesMarks(step, live))',
    replace: 'if (isInEffect(step, live))',
    suite: `${EXECUTION}/compare-target`,
  },
  {
    name: 'only the first target is looked at before the start',
    file: `${EXECUTION}/check-start.ts`,
    find: '  for (const { step, live } of compared) {',
    replace: '  for (const { step, live } of compared.slice(0, 1)) {',
    suite: SEVERAL,
  },
  {
    name: 'what a step did is not recorded before the next',
    file: `${EXECUTION}/execute-plan.ts`,
    find: '    also: changes,\n',
    replace: '    also: [],\n',
    suite: SEVERAL,
  },
  {
    name: 'rights are not asked for again when a plan goes on',
    file: `${EXECUTION}/execute-plan.ts`,
    find: '() => refusalNow(context, start, [step])',
    replace: 'async () => undefined',
    suite: SEVERAL,
  },
  {
    name: 'a worker that stops begins another step',
    file: `${EXECUTION}/execute-plan.ts`,
    find: '    refuseWhenStopped(signal);\n',
    replace: '',
    suite: SEVERAL,
  },
  {
    name: 'an eviction that a budget refuses counts as refused for good',
    file: `${EXECUTION}/send-step.ts`,
    find: "return { kind: 'blocked', reason: error.userMessage ?? error.message };",
    replace: 'return rejected(error);',
    suite: SEVERAL,
  },
  {
    name: 'an eviction waits for its budget for ever',
    file: `${EXECUTION}/stop-plan.ts`,
    find: '    record.blockedSince !== undefined &&\n',
    replace: '    record.blockedSince === -1 &&\n',
    suite: SEVERAL,
  },
  {
    name: 'a plan that stopped half-way leaves what it did',
    file: `${EXECUTION}/decide-stop.ts`,
    find: "plan.onPartialFailure === 'compensate' && hasWayBack",
    replace: 'false',
    suite: SEVERAL,
  },
  {
    name: 'steps are taken back in the order in which they were done',
    file: `${EXECUTION}/step-states.ts`,
    find: '    .toReversed()\n',
    replace: '',
    suite: SEVERAL,
  },
  {
    name: 'steps that were never done are taken back',
    file: `${EXECUTION}/roll-back-plan.ts`,
    find: 'const steps = rollbackStepsOf(plan, applied);',
    replace: 'const steps = rollbackStepsOf(plan, applied.length === 0 ? applied : plan.steps);',
    suite: SEVERAL,
  },
  {
    name: 'a request whose answer was lost is taken for one that never arrived',
    file: `${EXECUTION}/send-step.ts`,
    find: "      return { kind: 'look_again', mayHaveArrived: true };",
    replace: "      return { kind: 'look_again', mayHaveArrived: false };",
    suite: SEVERAL,
  },
  {
    name: 'a step of which nobody knows the end counts as taken back',
    file: `${EXECUTION}/roll-back-plan.ts`,
    find: '  if (states.unknown.length > 0) {',
    replace: '  if (states.unknown.length > 9) {',
    suite: SEVERAL,
  },
  {
    name: 'a wait for a budget keeps the lease',
    file: `${OPERATIONS}/plan-event.ts`,
    find: 'return lease === undefined ? {} : { lease: { ...lease, expiresAt: Math.min(lease.expiresAt, now) } };',
    replace:
      'return lease === undefined ? {} : { lease: { ...lease, expiresAt: lease.expiresAt + now * 0 } };',
    suite: `${OPERATIONS}/plan-event-exploration`,
  },
  {
    name: 'a change can be taken back twice',
    file: `${OPERATIONS}/plan-event.ts`,
    find: "  rollback_started: ['executing', 'verifying', 'watching'],",
    replace: "  rollback_started: ['executing', 'verifying', 'watching', 'verifying_rollback'],",
    suite: `${OPERATIONS}/plan-event-exploration`,
  },
  {
    name: 'what could not be seen is left out of the picture',
    file: `${VERIFICATION}/combine-observations.ts`,
    find: '  if (failure === undefined && blind !== undefined) return blind;\n',
    replace: '',
    suite: `${VERIFICATION}/observe-subjects`,
  },
  {
    name: 'a Job that still runs has ended well',
    file: `${VERIFICATION}/observe-job.ts`,
    find: "condition.type === type && condition.status === 'True'",
    replace: 'condition.type === type',
    suite: `${VERIFICATION}/observe-subjects`,
  },
  {
    name: 'a Job that runs when the time is up counts as failed',
    file: `${VERIFICATION}/evaluate.ts`,
    find: '  if (observation.running !== undefined)\n',
    replace: '  if (observation.running === "")\n',
    suite: `${VERIFICATION}/evaluate`,
  },
];
