import { type Inbox, isTerminal, type PlanRecord, type Store, verifyAuditChain } from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { sha256, systemClock } from '@jamie/runtime';
import { openSqliteInbox, openSqliteStore } from '@jamie/store';
import { REPLICAS_AFTER, type TrialWorld } from './trial-world.ts';

const ALL = 10_000;

/** What of the invariants does not hold at the end of a trial of a change; empty when all do. The program has ended. */
export async function checkChange(world: TrialWorld): Promise<readonly string[]> {
  return [
    ...(await checkCluster(world)),
    ...checkChannel(world),
    ...(await checkRecords(world.program.dataDirectory, true)),
  ];
}

/** The same for a trial of a question: one answer, and nothing written. */
export async function checkQuestion(world: TrialWorld): Promise<readonly string[]> {
  const writes = await world.backend.writesTo(world.deployment);
  return [
    ...unless(writes.length === 0, `a question wrote to the cluster: ${JSON.stringify(writes)}`),
    ...checkChannel(world),
    ...(await checkRecords(world.program.dataDirectory, false)),
  ];
}

/** One effect, counted by the API server itself. */
async function checkCluster({ backend, deployment }: TrialWorld): Promise<readonly string[]> {
  const writes = await backend.writesTo(deployment);
  const effects = writes.filter(({ code }) => code < 300);
  const state = await backend.readDeployment(deployment);
  return [
    ...unless(effects.length === 1, `${effects.length} effects: ${JSON.stringify(writes)}`),
    ...unless(state.generation === 2, `the object changed ${state.generation - 1} times`),
    ...unless(state.replicas === REPLICAS_AFTER, `the object has ${state.replicas} replicas`),
  ];
}

/** Nothing twice in the channel. */
function checkChannel(world: TrialWorld): readonly string[] {
  const { expectedMessages: expected } = world;
  const ours = world.ours().map(({ text }) => text.slice(0, 200));
  return unless(
    ours.length === expected,
    `${ours.length} messages instead of ${expected}: ${JSON.stringify(ours)}`,
  );
}

async function checkRecords(directory: string, hasPlan: boolean): Promise<readonly string[]> {
  const database = openDatabase({ directory });
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  const inbox = openSqliteInbox({ database, clock: systemClock });
  try {
    const plans = await store.listPlans({ limit: ALL });
    return [
      ...unless(plans.length === (hasPlan ? 1 : 0), `${plans.length} plans`),
      ...(await Promise.all(plans.map((record) => checkPlan(store, record)))).flat(),
      ...(await checkAudit(store, hasPlan)),
      ...(await checkNothingLeft(store, inbox, database)),
    ];
  } finally {
    await inbox.close();
    await store.close();
    database.close();
  }
}

async function checkPlan(store: Store, { plan, status, reason }: PlanRecord): Promise<readonly string[]> {
  const intents = await store.listIntents(plan.id);
  const votes = await store.listVotes(plan.id);
  return [
    ...unless(isTerminal(status), `plan left ${status}`),
    ...unless(status === 'succeeded', `plan ended ${status}: ${reason}`),
    ...unless(votes.length === 1, `${votes.length} votes`),
    ...unless(intents.length === 1, `${intents.length} intents`),
    ...unless(
      intents.every(({ outcome }) => outcome !== undefined && outcome.kind !== 'not_applied'),
      `intents without their effect: ${JSON.stringify(intents)}`,
    ),
  ];
}

async function checkAudit(store: Store, hasPlan: boolean): Promise<readonly string[]> {
  const records = await store.listAudit(0, ALL);
  const verification = verifyAuditChain(records, sha256);
  const once = ['request.received', 'request.answered'];
  if (hasPlan) once.push('plan.proposed', 'plan.approved', 'plan.applied', 'plan.succeeded');
  const counts = once.map(
    (kind) => [kind, records.filter(({ entry }) => entry.kind === kind).length] as const,
  );
  return [
    ...unless(verification.kind === 'intact', `audit chain: ${JSON.stringify(verification)}`),
    ...counts.flatMap(([kind, count]) => unless(count === 1, `${count} audit entries ${kind}`)),
  ];
}

/** Nothing acknowledged is forgotten, nothing promised is left undone. */
async function checkNothingLeft(store: Store, inbox: Inbox, database: Database): Promise<readonly string[]> {
  const open = await inbox.listOpen(ALL);
  const outbox = await store.listOutbox(ALL);
  const jobs = database.all("SELECT name, status, last_error FROM jobs WHERE status = 'failed'");
  return [
    ...unless(open.length === 0, `${open.length} deliveries left open`),
    ...unless(outbox.length === 0, `${outbox.length} entries left in the outbox`),
    ...unless(jobs.length === 0, `failed jobs: ${JSON.stringify(jobs)}`),
  ];
}

function unless(holds: boolean, violation: string): readonly string[] {
  return holds ? [] : [violation];
}
