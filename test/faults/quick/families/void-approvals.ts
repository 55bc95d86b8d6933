import type { PlanRecord } from '@jamie/core';
import { BUILT_IN_POLICY } from '@jamie/policy';
import { askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import { FIELD_KINDS } from '../make-change.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { needing } from './racing-votes.ts';

const PLANS = 6;
const FLAWS = [
  'expired',
  'cancelled',
  'denied',
  'rules changed',
  'removed',
  'by the requester',
  'edited',
] as const;
type Flaw = (typeof FLAWS)[number];
const HOUR_MS = 3_600_000;

/** F12: approvals that must not count: too late, of something else, or of somebody who may not. */
export const voidApprovals: Family = {
  id: 'F12',
  title: 'approved too late, of something else, or by nobody who may',
  sample: 5,
  async play(trial) {
    const { dice } = trial;
    trial.policy = needing(1);
    await trial.begin();
    const asked = await askForPlans(trial, PLANS, () => [dice.oneOf(FIELD_KINDS)]);
    const flaw = dice.oneOf(FLAWS);
    for (const { record } of asked) await spoil(trial, record, flaw);
    if (flaw === 'removed') trial.people.forget(trial.person(1).id);
    if (flaw === 'rules changed') trial.policy = { ...needing(1), version: 'others' };
    if (flaw === 'expired') for (const { clock } of trial.replicas) clock.offsetMs += 48 * HOUR_MS;
    for (const { record } of asked) await click(trial, record, flaw);
    if (flaw === 'by the requester' || flaw === 'edited' || flaw === 'removed')
      for (const { record } of asked) await trial.vote(record.plan.id, 2, 'deny');
    const records = await trial.untilEnded(asked.map(({ record }) => record.plan.id));
    const writes = await trial.site.backend.writesOf(trial.name);
    if (writes.some(({ code }) => code < 300)) trial.violations.push(`I3: ${flaw}: something was written`);
    trial.policy = BUILT_IN_POLICY;
    return { faults: PLANS, trials: PLANS, expected: {}, ended: `${flaw}: ${endsOf(records)}` };
  },
};

/** What makes the approval that follows void, where that happens to the plan itself. */
async function spoil(trial: QuickTrial, { plan }: PlanRecord, flaw: Flaw): Promise<void> {
  if (flaw === 'cancelled') await trial.vote(plan.id, 0, 'deny');
  if (flaw === 'denied') await trial.vote(plan.id, 2, 'deny');
}

async function click(trial: QuickTrial, { plan }: PlanRecord, flaw: Flaw): Promise<void> {
  const over =
    flaw === 'edited' ? { planHash: plan.hash.replace(/^./, (first) => (first === '0' ? '1' : '0')) } : {};
  const { kind, message } = await trial.vote(plan.id, flaw === 'by the requester' ? 0 : 1, 'approve', over);
  // Changed rules are found when the plan is about to start: the vote stands, the plan does not.
  if (kind !== 'refused' && flaw !== 'rules changed')
    trial.violations.push(`I3: ${flaw}: the approval counted`);
  if (message === '') trial.violations.push(`I6: ${flaw}: nobody was told why`);
  const audit = await trial.store.listRecentAudit({ planId: plan.id, limit: 20 });
  const isAudited = audit.some(({ entry }) => entry.kind === 'vote.refused' || flaw === 'rules changed');
  if (!isAudited) trial.violations.push(`I3: ${flaw}: the refusal is not in the audit`);
}
