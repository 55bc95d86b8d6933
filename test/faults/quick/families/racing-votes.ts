import type { PlanRecord } from '@jamie/core';
import { BUILT_IN_POLICY, type PolicyBook } from '@jamie/policy';
import { askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import { FIELD_KINDS } from '../make-change.ts';
import type { QuickTrial } from '../quick-trial.ts';

const PLANS = 5;
/** Somebody, and what they click. */
type Click = readonly [person: number, decision: 'approve' | 'deny'];
const RACES: readonly (readonly Click[])[] = [
  [
    [1, 'approve'],
    [1, 'approve'],
  ],
  [
    [1, 'approve'],
    [2, 'approve'],
    [1, 'approve'],
  ],
  [
    [1, 'approve'],
    [2, 'deny'],
  ],
  [
    [2, 'deny'],
    [1, 'approve'],
    [0, 'deny'],
  ],
];

/** F11: clicks at the same moment, on two processes: twice by one, by two people, for and against. */
export const racingVotes: Family = {
  id: 'F11',
  title: 'double clicks, and approvals and denials at the same moment',
  sample: 5,
  async play(trial) {
    const { dice } = trial;
    const approvals = dice.between(1, 2);
    trial.policy = needing(approvals);
    await trial.begin(2);
    const asked = await askForPlans(trial, PLANS, () => [dice.oneOf(FIELD_KINDS)]);
    await Promise.all(asked.map(({ record }) => race(trial, record, dice.oneOf(RACES), approvals)));
    const records = await trial.untilEnded(asked.map(({ record }) => record.plan.id));
    return { faults: PLANS, trials: PLANS, expected: {}, ended: endsOf(records) };
  },
};

/** Rules that ask for this many approvals, none of them the requester's. */
export function needing(approvals: number, expiresAfterMs?: number): PolicyBook {
  return {
    ...BUILT_IN_POLICY,
    decide(facts) {
      const decision = BUILT_IN_POLICY.decide(facts);
      if (decision.kind === 'deny') return decision;
      const risk = { ...decision.risk, quorum: { approvals, requesterCounts: false } };
      return { ...decision, risk: expiresAfterMs === undefined ? risk : { ...risk, expiresAfterMs } };
    },
  };
}

async function race(
  trial: QuickTrial,
  { plan }: PlanRecord,
  clicks: readonly Click[],
  approvals: number,
): Promise<void> {
  const results = await Promise.all(
    clicks.map(([person, decision], index) => {
      const replica = trial.replicas[index % trial.replicas.length];
      const principal = trial.person(person);
      return replica?.operations.vote({ planId: plan.id, principal, decision });
    }),
  );
  const { status } = await trial.read(plan.id);
  const hasDenied = clicks.some(([, decision]) => decision === 'deny');
  const approvers = new Set(
    clicks.filter(([, decision]) => decision === 'approve').map(([person]) => person),
  );
  if (approvers.size < approvals && !hasDenied) {
    if (status !== 'awaiting_approval')
      trial.violations.push(`I3: one person was ${approvals}: ${plan.id} is ${status}`);
    await trial.vote(plan.id, 2);
  }
  if (results.some((result) => result === undefined || result.message === ''))
    trial.violations.push(`I6: somebody who clicked on ${plan.id} was told nothing`);
  if (results.every((result) => result?.kind === 'refused'))
    trial.violations.push(`I6: everybody who clicked on ${plan.id} was refused`);
}
