import type { PlanRecord } from '@jamie/core';
import { isOpsError, isTerminal, OpsError, verifyAuditChain } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OperationsWorld, person, sha256, TIMING } from '../operations-world.fixture.ts';
import { toPlanCard } from '../plan-card.ts';
import { isApplied } from './intent-outcome.ts';
import { buildPart, PART_KINDS, type PartKind, proposeParts, settleParts } from './several-steps.fixture.ts';

const STEP_MS = 60_000;
/** Time for the verification of a change that was carried out, beyond the wait for an answer. */
const LONGEST_MS = TIMING.answerWithinMs + 1_200_000;
const AWAY = new OpsError('unavailable', 'refused', { userMessage: 'The cluster does not answer.' });

/** One plan, left at each of its first calls: every kind of end is among them. */
const EVERY_CALL: [PartKind[], 'hold', number][] = Array.from({ length: 14 }, (_, calls) => [
  ['label', 'cordon'],
  'hold',
  calls,
]);

/** The cluster answers so many calls and then no more; a request that it took may lose its answer. */
function leaveAfter(world: OperationsWorld, calls: number): { isAway: boolean } {
  const state = { isAway: false };
  let left = calls;
  const call = () => {
    left -= 1;
    state.isAway ||= left < 0;
    if (state.isAway) throw AWAY;
  };
  world.cluster.beforeRead = call;
  world.cluster.beforeWrite = call;
  world.cluster.afterWrite = call;
  return state;
}

async function turn(world: OperationsWorld): Promise<void> {
  try {
    await world.runJobs();
  } catch (error) {
    if (!isOpsError(error) || !error.retryable) throw error;
  }
  await world.operations.recover(STEP_MS);
  settleParts(world);
  await world.clock.advance(STEP_MS);
}

async function untilEnd(world: OperationsWorld, planId: PlanRecord['plan']['id']): Promise<PlanRecord> {
  for (let passed = 0; passed < LONGEST_MS; passed += STEP_MS) {
    await turn(world);
    const record = await world.read(planId);
    if (isTerminal(record.status)) return record;
  }
  throw new Error(`the plan does not end: ${(await world.read(planId)).reason}`);
}

async function propose(
  world: OperationsWorld,
  kinds: readonly PartKind[],
  mode: 'compensate' | 'hold' = 'hold',
) {
  const parts = kinds.map((kind, index) => buildPart(world, kind, index + 1));
  const { plan } = await proposeParts(world, parts, { onPartialFailure: mode });
  return plan;
}

const approve = (world: OperationsWorld, planId: PlanRecord['plan']['id']) =>
  world.operations.vote({ planId, principal: person('ada'), decision: 'approve' });

/** Every step whose request the cluster took, and of which nothing says so, must be named as possible. */
async function judge(world: OperationsWorld, { plan, status, reason }: PlanRecord): Promise<void> {
  const intents = await world.store.listIntents(plan.id);
  expect(intents.filter(({ outcome }) => outcome === undefined)).toEqual([]);
  const taken = plan.steps.filter(({ request }) =>
    world.cluster.writes.some((write) => write.request.target.name === request.target.name),
  );
  if (reason.includes('Nothing was changed')) expect(taken).toEqual([]);
  for (const step of taken) {
    const intent = intents.find(({ stepId, phase }) => stepId === step.id && phase === 'execute');
    if (isApplied(intent?.outcome)) continue;
    expect(status).toMatch(/inconclusive|rollback_failed/);
    expect(reason).toContain(step.target.ref.name);
  }
  const audit = await world.store.listAudit(0, 10_000);
  expect(verifyAuditChain(audit, sha256)).toMatchObject({ kind: 'intact' });
}

describe('a plan whose cluster stays away', () => {
  it('ends in time wherever it was left, names what may have happened, and sends nothing afterwards', async () => {
    const ends = new Map<string, number>();
    const kinds = fc.array(fc.constantFrom(...PART_KINDS), { minLength: 1, maxLength: 4 });
    const mode = fc.constantFrom('compensate' as const, 'hold' as const);
    await fc.assert(
      fc.asyncProperty(kinds, mode, fc.integer({ min: 0, max: 30 }), async (chosen, partial, calls) => {
        const world = new OperationsWorld();
        try {
          const plan = await propose(world, chosen, partial);
          await approve(world, plan.id);
          leaveAfter(world, calls);
          const record = await untilEnd(world, plan.id);
          ends.set(record.status, (ends.get(record.status) ?? 0) + 1);
          await judge(world, record);
          const sent = world.cluster.writes.length;
          leaveAfter(world, Number.POSITIVE_INFINITY);
          for (let again = 0; again < 5; again += 1) await turn(world);
          expect(world.cluster.writes).toHaveLength(sent);
        } finally {
          await world.destroy();
        }
      }),
      { numRuns: 25, examples: EVERY_CALL },
    );
    for (const status of ['expired', 'failed', 'inconclusive']) expect(ends.get(status)).toBeGreaterThan(0);
  }, 120_000);

  it('says on the card that it waits, from the first failure on, and why', async () => {
    const world = new OperationsWorld();
    const plan = await propose(world, ['label', 'scale']);
    await approve(world, plan.id);
    leaveAfter(world, 6);
    await turn(world);
    const record = await world.read(plan.id);
    expect(record).toMatchObject({ status: 'executing', unanswered: { since: expect.any(Number) } });
    const { statusLine } = toPlanCard(record, []);
    expect(statusLine).toContain('The cluster does not answer. I keep trying; after 10 minutes without');
    const since = record.unanswered?.since;
    await turn(world);
    expect((await world.read(plan.id)).unanswered?.since).toBe(since);
    await world.destroy();
  });

  it('goes on when the cluster answers again, and then says no more that it waits', async () => {
    const world = new OperationsWorld();
    const plan = await propose(world, ['label', 'cordon']);
    await approve(world, plan.id);
    leaveAfter(world, 6);
    for (let passed = 0; passed < TIMING.answerWithinMs - 2 * STEP_MS; passed += STEP_MS) await turn(world);
    expect((await world.read(plan.id)).status).toBe('executing');
    leaveAfter(world, Number.POSITIVE_INFINITY);
    const record = await untilEnd(world, plan.id);
    expect(record.status).toBe('succeeded');
    expect(record.unanswered).toBeUndefined();
    await world.destroy();
  });

  it('says where to look when the answer to its only request was lost', async () => {
    const world = new OperationsWorld();
    const plan = await propose(world, ['label']);
    await approve(world, plan.id);
    const cluster = leaveAfter(world, Number.POSITIVE_INFINITY);
    world.cluster.afterWrite = () => {
      cluster.isAway = true;
      throw AWAY;
    };
    const record = await untilEnd(world, plan.id);
    expect(record).toMatchObject({
      status: 'inconclusive',
      reason:
        'I could not go on for 10 minutes: The cluster does not answer. The change may have been made and nobody can tell: look at ConfigMap shop/labelled-1 (metadata.labels.team "old" → "new").',
    });
    expect(await world.store.listIntents(plan.id)).toMatchObject([
      { outcome: { kind: 'not_applied', reason: 'unknown: nothing answered in time' } },
    ]);
    await world.destroy();
  });

  it('does not begin to count while another worker is at it', async () => {
    const world = new OperationsWorld();
    const plan = await propose(world, ['label', 'scale']);
    await approve(world, plan.id);
    leaveAfter(world, 6);
    await expect(world.runJobs()).rejects.toMatchObject({ code: 'unavailable' });
    const noted = await world.read(plan.id);
    expect(noted.status).toBe('executing');
    const { unanswered: _first, ...rest } = noted;
    const before = { ...rest, version: noted.version + 1 };
    await world.store.commit([{ kind: 'plan.update', record: before, expectedVersion: noted.version }]);
    await expect(world.another('worker-2').execute(plan.id)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await world.read(plan.id)).toEqual(before);
    await world.destroy();
  });

  it('ends a rollback that cannot go on, and says what was taken back', async () => {
    const world = new OperationsWorld();
    const plan = await propose(world, ['label', 'cordon', 'apply'], 'compensate');
    await approve(world, plan.id);
    world.cluster.beforeWrite = (request) => {
      if (request.target.name !== 'applied-3') return;
      world.cluster.beforeRead = () => {
        throw AWAY;
      };
      throw new OpsError('forbidden', 'forbidden', { userMessage: 'ada may not.' });
    };
    const record = await untilEnd(world, plan.id);
    expect(record.status).toBe('rollback_failed');
    expect(record.reason).toContain('The rollback has not ended. I could not go on for 10 minutes');
    expect(record.reason).toContain('Not taken back: label ConfigMap labelled-1; cordon Node worker-2.');
    expect(record.reason).toContain('Somebody has to look at it.');
    await world.destroy();
  });
});
