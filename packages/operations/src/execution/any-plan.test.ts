import type { PlanId, PlanRecord, PlanStatus } from '@jamie/core';
import { canonicalJson, isOpsError, isTerminal, OpsError, verifyAuditChain } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Operations } from '../operations.ts';
import { OperationsWorld, person, sha256, TIMING } from '../operations-world.fixture.ts';
import { isApplied } from './intent-outcome.ts';
import { Crash, MortalProcess } from './mortal-process.fixture.ts';
import {
  buildPart,
  PART_KINDS,
  type Part,
  type PartKind,
  proposeParts,
  settleParts,
} from './several-steps.fixture.ts';

/** What goes wrong with one step, each time that it is sent or the first time. */
type Trouble = 'none' | 'refused' | 'moved' | 'answer_lost' | 'blocked_for_a_while' | 'blocked_for_good';

interface Trial {
  readonly kinds: readonly PartKind[];
  readonly troubles: readonly Trouble[];
  readonly onPartialFailure: 'compensate' | 'hold';
  readonly jobsEnd: 'Complete' | 'Failed';
  /** Boundaries that each process reaches before it dies. */
  readonly deaths: readonly number[];
}

const TRIALS: fc.Arbitrary<Trial> = fc.record({
  kinds: fc.array(fc.constantFrom(...PART_KINDS), { minLength: 1, maxLength: 5 }),
  troubles: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant<Trouble>('none') },
      {
        weight: 3,
        arbitrary: fc.constantFrom<Trouble>(
          'refused',
          'moved',
          'answer_lost',
          'blocked_for_a_while',
          'blocked_for_good',
        ),
      },
    ),
    { minLength: 5, maxLength: 5 },
  ),
  onPartialFailure: fc.constantFrom('compensate', 'hold'),
  jobsEnd: fc.constantFrom('Complete', 'Complete', 'Failed'),
  deaths: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
});

/** Trials that lead to each of the ends that prove most, so that no chance leaves one of them out. */
const ENDS: readonly (readonly [PlanStatus, Trial])[] = [
  ['succeeded', trialOf(['label', 'cordon'], [])],
  ['rolled_back', trialOf(['label', 'delete', 'cordon'], ['answer_lost', 'none', 'refused'])],
  ['failed', { ...trialOf(['label', 'cordon'], ['none', 'refused']), onPartialFailure: 'hold' }],
];

function trialOf(kinds: readonly PartKind[], troubles: readonly Trouble[]): Trial {
  return { kinds, troubles, onPartialFailure: 'compensate', jobsEnd: 'Complete', deaths: [7] };
}

const LOST = new OpsError('timeout', 'no answer');
const REFUSED = new OpsError('forbidden', 'forbidden', { userMessage: 'ada may not.' });

/** Makes the world behave as the trial says. Each trouble meets the request of its own step only. */
function trouble(world: OperationsWorld, parts: readonly Part[], trial: Trial, boundary: () => void): void {
  const met = new Set<string>();
  const of = (request: unknown) => {
    const index = parts.findIndex(({ step }) => canonicalJson(step.request) === canonicalJson(request));
    return index < 0 ? undefined : { part: parts[index] as Part, kind: trial.troubles[index] };
  };
  world.cluster.beforeWrite = (request) => {
    boundary();
    const found = of(request);
    if (found?.kind === 'refused') throw REFUSED;
    if (found?.kind !== 'moved' || met.has(found.part.step.id)) return;
    met.add(found.part.step.id);
    const { ref } = found.part.step.target;
    const isThere = world.cluster.objects().some(({ metadata }) => metadata.name === ref.name);
    if (isThere) world.cluster.remove(ref);
  };
  world.cluster.afterWrite = (request) => {
    boundary();
    const found = of(request);
    if (found?.kind !== 'answer_lost' || met.has(found.part.step.id)) return;
    met.add(found.part.step.id);
    throw LOST;
  };
  const until = world.clock.now() + TIMING.evictionWithinMs / 2;
  world.cluster.budgetAgainst = ({ metadata }) => {
    const index = parts.findIndex(({ step }) => step.target.ref.name === metadata.name);
    const isBlocked =
      trial.troubles[index] === 'blocked_for_good' ||
      (trial.troubles[index] === 'blocked_for_a_while' && world.clock.now() < until);
    return isBlocked ? 'a budget' : undefined;
  };
}

/** Processes that follow each other, each dying where the trial says, until the plan has ended. */
async function play(world: OperationsWorld, parts: readonly Part[], trial: Trial): Promise<PlanRecord> {
  const { plan } = await proposeParts(world, parts, { onPartialFailure: trial.onPartialFailure });
  const deaths = [...trial.deaths];
  const start = (index: number): Operations => {
    const process = new MortalProcess(deaths.shift() ?? Number.POSITIVE_INFINITY);
    const operations = process.operations(world, `worker-${index}`);
    trouble(world, parts, trial, process.boundary);
    return operations;
  };
  let operations = start(0);
  for (let turn = 1; turn < 400; turn += 1) {
    try {
      await operations.vote({ planId: plan.id, principal: person('ada'), decision: 'approve' });
      await world.runJobs(operations);
    } catch (error) {
      if (error instanceof Crash) operations = start(turn);
      else if (!isOpsError(error) || !error.retryable) throw error;
    }
    const record = await world.read(plan.id);
    if (isTerminal(record.status)) return record;
    settleParts(world, trial.jobsEnd);
    await world.clock.advance(1_000);
  }
  throw new Error(`the plan does not end: ${(await world.read(plan.id)).reason}`);
}

async function judge(world: OperationsWorld, planId: PlanId): Promise<void> {
  const { plan, status, lease } = await world.read(planId);
  const intents = await world.store.listIntents(planId);
  const sent = world.cluster.writes.map(({ request }) => canonicalJson(request));
  const effectsOf = (request: unknown) => sent.filter((each) => each === canonicalJson(request)).length;
  const isDone = (phase: string, id: string) =>
    isApplied(intents.find((intent) => intent.phase === phase && intent.stepId === id)?.outcome);

  expect(lease).toBeUndefined();
  expect(intents.filter(({ outcome }) => outcome === undefined)).toEqual([]);
  for (const step of plan.steps) {
    expect(effectsOf(step.request)).toBeLessThanOrEqual(1);
    // Everything that was sent is recorded as done; what was gone by itself is done without being sent.
    if (effectsOf(step.request) === 1) expect([step.id, isDone('execute', step.id)]).toEqual([step.id, true]);
  }
  const back = plan.rollback.filter(({ request }) => effectsOf(request) > 0);
  for (const step of back) {
    expect(effectsOf(step.request)).toBe(1);
    expect(isDone('execute', step.id.replace('-rollback', ''))).toBe(true);
  }
  if (!['rolled_back', 'rollback_failed', 'inconclusive'].includes(status)) expect(back).toEqual([]);
  if (status === 'succeeded') expect(plan.steps.every(({ id }) => isDone('execute', id))).toBe(true);
  if (status === 'rolled_back') {
    const owed = plan.rollback.filter(({ id }) => isDone('execute', id.replace('-rollback', '')));
    expect(owed.filter(({ id }) => !isDone('rollback', id))).toEqual([]);
  }
  if (['stale', 'refused', 'expired'].includes(status)) expect(sent).toEqual([]);
  const audit = await world.store.listAudit(0, 10_000);
  expect(verifyAuditChain(audit, sha256)).toMatchObject({ kind: 'intact' });
}

describe('any plan of one to five steps', () => {
  it('has each effect once, a complete record and an end, whatever dies, refuses or answers nothing', async () => {
    const ends = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(TRIALS, async (trial) => {
        const world = new OperationsWorld();
        try {
          const parts = trial.kinds.map((kind, index) => buildPart(world, kind, index + 1));
          const { plan, status } = await play(world, parts, trial);
          ends.set(status, (ends.get(status) ?? 0) + 1);
          await judge(world, plan.id);
        } finally {
          await world.destroy();
        }
      }),
      { numRuns: ENDS.length + 30, examples: ENDS.map(([, trial]) => [trial]) },
    );
    // The trials reach good and bad ends alike; otherwise they would prove little.
    for (const [status] of ENDS) expect([status, ends.get(status) ?? 0]).not.toEqual([status, 0]);
  }, 120_000);

  it('takes back exactly what it did wherever on the way a process dies', async () => {
    const trial: Trial = {
      kinds: ['label', 'evict', 'delete', 'cordon'],
      troubles: ['answer_lost', 'none', 'none', 'refused', 'none'],
      onPartialFailure: 'compensate',
      jobsEnd: 'Complete',
      deaths: [],
    };
    // Every third boundary, and so one of each kind; the one-effect trials take every one of a single step.
    for (let diesAt = 1; diesAt <= 60; diesAt += 3) {
      const world = new OperationsWorld();
      const parts = trial.kinds.map((kind, index) => buildPart(world, kind, index + 1));
      const { plan, status } = await play(world, parts, { ...trial, deaths: [diesAt] });
      expect([diesAt, status]).toEqual([diesAt, 'rolled_back']);
      expect(world.cluster.writes).toHaveLength(5);
      await judge(world, plan.id);
      await world.destroy();
    }
  }, 120_000);
});
