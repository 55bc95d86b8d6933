import {
  canonicalJson,
  type Intent,
  isTerminal,
  type PlanRecord,
  type Store,
  verifyAuditChain,
} from '@jamie/core';
import { openSigner, sha256 } from '@jamie/runtime';
import { type PreparedChange, unless } from './changes/change.ts';
import { findLeft, type TrialRecords, withRecords } from './check-left.ts';
import type { Program } from './program.ts';

const ALL = 10_000;

/** What of the records does not hold at the end of a trial of this change, or of a question without one. */
export function checkRecords(
  program: Pick<Program, 'records' | 'dataDirectory'>,
  change: PreparedChange | undefined,
): Promise<readonly string[]> {
  return withRecords(program.records, async (records) => {
    const { store } = records;
    const plans = await store.listPlans({ limit: ALL });
    return [
      ...unless(plans.length === (change === undefined ? 0 : 1), `${plans.length} plans`),
      ...(
        await Promise.all(plans.map((record) => checkPlan(records, record, program.dataDirectory, change)))
      ).flat(),
      ...(await checkAudit(store, change)),
      ...(await findLeft(records)),
    ];
  });
}

async function checkPlan(
  { store }: TrialRecords,
  record: PlanRecord,
  dataDir: string,
  change: PreparedChange | undefined,
): Promise<readonly string[]> {
  const { plan, status, reason } = record;
  const [intents, votes] = await Promise.all([store.listIntents(plan.id), store.listVotes(plan.id)]);
  const { approvals } = plan.risk.quorum;
  return [
    ...unless(isTerminal(status), `plan left ${status}`),
    ...unless(status === change?.ends, `plan ended ${status}: ${reason}`),
    ...unless(votes.length === approvals, `${votes.length} votes instead of ${approvals}`),
    ...checkApproval(record, dataDir),
    ...checkIntents(record, intents, change?.effects.length ?? 0),
  ];
}

/** What ran is what was approved: a signature of this installation over this very plan and its objects. */
function checkApproval({ plan, approval }: PlanRecord, dataDir: string): readonly string[] {
  if (approval === undefined) return ['no signed approval'];
  const { statement, signature } = approval;
  const uids = plan.steps.map(({ target }) => target.uid);
  return [
    ...unless(
      openSigner({ dataDir }).verify(canonicalJson(statement), signature),
      'the approval is not signed',
    ),
    ...unless(statement.planHash === plan.hash, 'another plan was approved'),
    ...unless(canonicalJson(statement.uids) === canonicalJson(uids), 'other objects were approved'),
  ];
}

/** One intent and one outcome for each effect; whatever was taken back was done before, and all that was done is. */
function checkIntents(
  { plan, status }: PlanRecord,
  intents: readonly Intent[],
  effects: number,
): readonly string[] {
  const open = intents.filter(({ outcome }) => outcome === undefined);
  const done = intents.filter(({ outcome }) => outcome !== undefined && outcome.kind !== 'not_applied');
  const names = intents.map(({ phase, stepId }) => `${phase} ${stepId}`);
  const executed = done.filter(({ phase }) => phase === 'execute').map(({ stepId }) => `${stepId}-rollback`);
  const restored = done.filter(({ phase }) => phase === 'rollback').map(({ stepId }) => stepId);
  const isWhole =
    status === 'succeeded' ? executed.length === plan.steps.length : sameNames(executed, restored);
  return [
    ...unless(open.length === 0, `intents without an outcome: ${JSON.stringify(open)}`),
    ...unless(new Set(names).size === names.length, `a step has two intents: ${names.join(', ')}`),
    ...unless(done.length === effects, `${done.length} intents with an effect, ${effects} effects`),
    ...unless(isWhole, `steps done and not done: ${JSON.stringify(intents)}`),
  ];
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return canonicalJson([...one].sort()) === canonicalJson([...other].sort());
}

const ONCE: Readonly<Record<PreparedChange['ends'], readonly string[]>> = {
  succeeded: ['plan.proposed', 'plan.approved', 'plan.applied', 'plan.succeeded'],
  rolled_back: [
    'plan.proposed',
    'plan.approved',
    'plan.rollback_started',
    'plan.rollback_applied',
    'plan.rolled_back',
  ],
};

async function checkAudit(store: Store, change: PreparedChange | undefined): Promise<readonly string[]> {
  const records = await store.listAudit(0, ALL);
  const verification = verifyAuditChain(records, sha256);
  const once = ['request.received', 'request.answered', ...(change === undefined ? [] : ONCE[change.ends])];
  const counts = once.map(
    (kind) => [kind, records.filter(({ entry }) => entry.kind === kind).length] as const,
  );
  return [
    ...unless(verification.kind === 'intact', `audit chain: ${JSON.stringify(verification)}`),
    ...counts.flatMap(([kind, count]) => unless(count === 1, `${count} audit entries ${kind}`)),
  ];
}
