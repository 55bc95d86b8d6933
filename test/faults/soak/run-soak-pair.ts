import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal, type JobCounts, type Store } from '@jamie/core';
import { openSigner } from '@jamie/runtime';
import { findLeft, type TrialRecords, withRecords } from '../check-left.ts';
import { diceOf } from '../quick/dice.ts';
import { judgeTrial } from '../quick/judge-trial.ts';
import type { PairName } from '../quick/storage.ts';
import { type AnswerVerdict, isNothingOpen, judgeAnswers } from '../replicas/judge-load.ts';
import { type AskedFor, ReplicaLoad } from '../replicas/replica-load.ts';
import { DEADLINE_MS, isIdle, until } from '../replicas/rest.ts';
import { type PlayedFault, playFaults } from './play-faults.ts';
import { type ProcessLife, ProcessWatch } from './process-watch.ts';
import { BROKEN, type SoakWorld, startSoakWorld } from './soak-world.ts';
import { tidierOf } from './tidy-up.ts';

const ASK_EVERY_MS = 1_500;
const LOOK_EVERY_MS = 1_000;
const TIDY_EVERY_MS = 10_000;
/** What comes late comes within this, after all has come to rest. */
const AFTERMATH_MS = 2_000;
/** For the model: a sentence that no command answers. Two, so that they fall on all kinds of asking in turn. */
const QUESTIONS = [`why is ${BROKEN} not ready?`, `what is wrong with ${BROKEN}?`];
const LOAD_NAME = 'load';

export interface PairRun {
  readonly pair: PairName;
  readonly seed: number;
  readonly durationMs: number;
}

/** What a soak on one pair of backends has shown. */
export interface PairReport extends AnswerVerdict {
  readonly pair: PairName;
  readonly asked: number;
  readonly changes: number;
  readonly faults: readonly PlayedFault[];
  readonly lives: readonly ProcessLife[];
  /** What does not hold of I1 to I6, what was lost or doubled, and processes that ended by themselves. */
  readonly violations: readonly string[];
}

/** Two real processes on one pair of backends, under load and under faults that arrive at random. */
export async function runSoakPair({ pair, seed, durationMs }: PairRun): Promise<PairReport> {
  const world = await startSoakWorld(pair);
  try {
    return await withRecords(world.records, async (records) => {
      const load = new ReplicaLoad(world.slack, world.backend, QUESTIONS);
      const { faults, lives } = await soak({ world, load, records, seed, durationMs, pair });
      const isAtRest = await untilRest(world, load, records);
      await sleep(AFTERMATH_MS);
      const unrest = isAtRest ? [] : [`I2: not at rest ${DEADLINE_MS} ms after the last fault`];
      return { pair, faults, lives, ...(await judge(world, load, records, unrest)) };
    });
  } finally {
    await world.end();
  }
}

interface Soak extends PairRun {
  readonly world: SoakWorld;
  readonly load: ReplicaLoad;
  readonly records: TrialRecords;
}

async function soak({ world, load, records, seed, durationMs, pair }: Soak) {
  const over = new AbortController();
  const watch = new ProcessWatch();
  const regularly = async (everyMs: number, act: () => unknown) => {
    for (; !over.signal.aborted; await sleep(everyMs)) await act();
  };
  const look = () => {
    for (const [index, { processId }] of world.replicas.entries())
      if (processId !== undefined) watch.look(`replica-${index}`, processId, performance.now());
  };
  const working = Promise.all([
    load.run(ASK_EVERY_MS, over.signal),
    regularly(LOOK_EVERY_MS, look),
    regularly(TIDY_EVERY_MS, tidierOf(world, records.store)),
  ]);
  const playing = playFaults({ world, load, dice: diceOf('F28', pair, seed) }, over.signal);
  await Promise.race([sleep(durationMs), working]);
  over.abort();
  const [faults] = await Promise.all([playing, working]);
  return { faults, lives: watch.lives };
}

function untilRest(world: SoakWorld, load: ReplicaLoad, records: TrialRecords): Promise<boolean> {
  const { slack, pair, directory } = world;
  return until(async () => {
    load.approveOffered();
    if (slack.hub.pending > 0 || !isNothingOpen(slack, load)) return false;
    if (pair === 'embedded' && !isIdle(directory)) return false;
    const left = await findLeft(records);
    return left.length === 0 && (await listOpenPlans(records.store)).length === 0;
  });
}

async function listOpenPlans(store: Store): Promise<readonly string[]> {
  const plans = await store.listPlans({ limit: 1_000 });
  return plans.filter(({ status }) => !isTerminal(status)).map(({ plan }) => plan.id);
}

async function judge(world: SoakWorld, load: ReplicaLoad, records: TrialRecords, unrest: readonly string[]) {
  const { slack, backend, directory, replicas, proxies } = world;
  const plans = await records.store.listPlans({ limit: 100_000 });
  const plansOf = ({ deployment }: AskedFor) =>
    plans.filter(({ plan }) => plan.steps.some(({ target }) => target.ref.name === deployment)).length;
  const answers = judgeAnswers(slack, load, plansOf);
  const signer = openSigner({
    dataDir: `${directory}/data`,
    ...(world.servers !== undefined && { keyFile: `${directory}/key.pem` }),
  });
  const effects = await judgeTrial(
    {
      store: records.store,
      name: LOAD_NAME,
      requests: proxies.reduce((sum, { requests }) => sum + requests, 0),
      site: { backend },
      signer,
      inspector: { queue: { counts: async () => countJobs(records) } },
    },
    // What is done is taken away, so that the cluster stays as small as it was.
    { isTouched: true },
  );
  return {
    ...answers,
    asked: load.asked.length,
    changes: load.asked.filter(({ kind }) => kind === 'change').length,
    violations: [
      ...answers.lost.map((each) => `I2: lost: ${each}`),
      ...answers.doubled.map((each) => `I1: doubled: ${each}`),
      ...effects,
      ...replicas.flatMap(({ deaths }) => deaths),
      ...unrest,
    ],
  };
}

/** Of those on Redis nobody keeps count once it was emptied. */
function countJobs({ listFailedJobs }: TrialRecords): JobCounts {
  return { waiting: 0, active: 0, delayed: 0, failed: listFailedJobs().length };
}
