import type { Defect } from '../defect.ts';

const EXECUTION = 'packages/operations/src/execution';
const OPERATIONS = 'packages/operations/src';
const POLICY = 'packages/policy/src';

/** Ways in which a change could run that nobody approved, run twice, or be called done when it is not. */
export const operationsDefects: readonly Defect[] = [
  {
    name: 'a move that lost its race counts as made',
    file: `${OPERATIONS}/move-plan.ts`,
    find: "  return result.kind === 'committed'\n    ? { kind: 'moved', record: move.record }",
    replace:
      "  return result.kind === 'committed' || move.kind === 'prepared'\n    ? { kind: 'moved', record: move.record }",
    suite: `${OPERATIONS}/approval`,
  },
  {
    name: 'a request is sent although the object moved after the preview',
    file: `${EXECUTION}/compare-target.ts`,
    find: "if (digest(canonicalJson(fields)) === step.target.digest) return { kind: 'as_previewed' };",
    replace: "if (!isInEffect(step, live)) return { kind: 'as_previewed' };",
    suite: `${EXECUTION}/execute-plan`,
  },
  {
    name: 'an object made anew under the same name counts as the old one',
    file: `${EXECUTION}/compare-target.ts`,
    find: 'live !== undefined && live.metadata.uid === step.target.uid;',
    replace: 'live !== undefined;',
    suite: `${EXECUTION}/execute-plan`,
  },
  {
    name: 'rights are not asked for again before the start',
    file: `${EXECUTION}/check-start.ts`,
    find: 'reviewRights(context, record, votes, steps)',
    replace: 'undefined',
    suite: `${EXECUTION}/execute-plan`,
  },
  {
    name: 'only the requester is asked about before the start',
    file: `${EXECUTION}/review-rights.ts`,
    find: 'const involved = eachOnce([{ person: plan.requester }, ...approvers]);',
    replace: 'const involved = [{ person: plan.requester }];',
    suite: `${EXECUTION}/execute-plan`,
  },
  {
    name: 'a stored plan may differ from the approved one',
    file: 'packages/operations/src/approval/check-stored-plan.ts',
    find: 'if (planHash(open, digest) !== hash)',
    replace: 'if (planHash(open, digest) === "")',
    suite: `${EXECUTION}/execute-plan`,
  },
  {
    name: 'an approval does not expire before the start',
    file: `${EXECUTION}/execute-plan.ts`,
    find: "record.status === 'approved' && context.clock.now() >= startBefore(record)",
    replace: 'false',
    suite: `${EXECUTION}/execute-plan`,
  },
  {
    name: 'the lease of another worker is taken while it holds',
    file: `${EXECUTION}/lease.ts`,
    find: 'held !== undefined && held.owner !== owner && held.expiresAt > now',
    replace: 'false',
    suite: `${EXECUTION}/lease`,
  },
  {
    name: 'what an interrupted run sent is sent again without looking',
    file: `${EXECUTION}/run-step.ts`,
    find: "  if (comparison.kind === 'in_effect') {\n",
    replace:
      "  if (comparison.kind === 'in_effect' && intent !== undefined) return { kind: 'send', live };\n  if (comparison.kind === 'in_effect') {\n",
    suite: `${EXECUTION}/one-effect`,
  },
  {
    name: 'a freeze between approval and effect is not seen',
    file: `${EXECUTION}/run-step.ts`,
    find: "if (run.freeze !== undefined) also.push({ kind: 'freeze.expect', version: run.freeze.version });",
    replace: '',
    suite: `${OPERATIONS}/freeze`,
  },
  {
    name: 'a freeze does not hold approved plans',
    file: `${EXECUTION}/execute-plan.ts`,
    find: `  const freeze = await context.store.readFreeze();
  const hasStarted`,
    replace: `  const freeze = { ...(await context.store.readFreeze()), frozen: false };
  const hasStarted`,
    suite: `${OPERATIONS}/freeze`,
  },
  {
    name: 'a change that is good is taken back because somebody looked late',
    file: `${OPERATIONS}/verification/evaluate.ts`,
    find: 'return now < deadlineAt || steadySince !== undefined;',
    replace: 'return now < deadlineAt && steadySince !== null;',
    suite: `${OPERATIONS}/verification/evaluate`,
  },
  {
    name: 'no data counts as good',
    file: `${OPERATIONS}/verification/evaluate.ts`,
    find: "  return { kind: 'inconclusive', progress, reason: 'I could not see the target until the time was up.' };",
    replace: "  return { kind: 'passed', progress };",
    suite: `${OPERATIONS}/verification`,
  },
  {
    name: 'a change is rolled back although somebody else changed the target',
    file: `${OPERATIONS}/verification/evaluate.ts`,
    find: `  if (observation.changed !== undefined) return changedByOthers(before, observation);
  const progress = progressed(
    before,`,
    replace: `  const progress = progressed(
    before,`,
    suite: `${OPERATIONS}/verification`,
  },
  {
    name: 'the rollback after a failed verification is not asked for',
    file: `${OPERATIONS}/verification/verify-plan.ts`,
    find: 'also: [rollbackJobChange(record)],',
    replace: 'also: [],',
    suite: `${OPERATIONS}/verification`,
  },
  {
    name: 'a terminal plan can move',
    file: `${OPERATIONS}/plan-event.ts`,
    find: "  approved: ['awaiting_approval'],",
    replace: "  approved: ['awaiting_approval', 'denied'],",
    suite: `${OPERATIONS}/plan-event`,
  },
  {
    name: 'one person can reach a quorum of two',
    file: `${POLICY}/vote.ts`,
    find: "  if (own !== undefined) return { kind: 'repeat' };",
    replace: '',
    suite: `${POLICY}/vote`,
  },
  {
    name: 'the requester approves where another has to',
    file: `${POLICY}/vote.ts`,
    find: 'isSamePerson(principal, plan.requester) && !quorum.requesterCounts',
    replace: 'false',
    suite: `${POLICY}/vote`,
  },
  {
    name: 'a vote on another hash counts',
    file: `${POLICY}/vote.ts`,
    find: 'cast.planHash !== plan.hash',
    replace: 'false',
    suite: `${POLICY}/vote`,
  },
  {
    name: 'kube-system is open to changes',
    file: `${POLICY}/guardrails.ts`,
    find: 'CONTROL_PLANE_NAMESPACES.has(target.namespace)',
    replace: 'false',
    suite: `${POLICY}/guardrails`,
  },
];
