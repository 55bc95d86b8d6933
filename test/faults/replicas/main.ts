import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackEmulator } from '@jamie/testing';
import type { Backend } from '../backends/backend.ts';
import { startDemoBackend } from '../backends/demo-backend.ts';
import { type FaultOptions, secondsOf } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { randomSource } from '../shuffle.ts';
import { createReplicas } from './create-replicas.ts';
import { isAllAnswered, judgeLoad, type LoadVerdict } from './judge-load.ts';
import { ReplicaLoad } from './replica-load.ts';
import type { ReplicaProcess } from './replica-process.ts';
import { DEADLINE_MS, isIdle, until } from './rest.ts';
import { startSlackOfReplicas } from './start-slack.ts';

const ASK_EVERY_MS = 1_500;
const REFRESH_EVERY_MS = 3_000;
/** After the replicas are up: a program that is killed before it is up does nothing on any machine. */
const KILL_EVERY_MS = { least: 2_000, most: 8_000 };
/** Which share of the kills does not wait for the other replica, so that nobody is left for a while. */
const EARLY_KILLS = 0.2;

/** The sample is a look at two replicas that belongs to every run. */
const SECONDS = { sample: 20, full: 600 };

/** `npm run faults -- replicas`: two real processes on one data directory, killed at random under a steady load. */
export async function runTwoReplicas(options: FaultOptions): Promise<Outcome> {
  const { seed } = options;
  const seconds = secondsOf(options, 'replicas', SECONDS);
  const report = await runReplicas({ seed, durationMs: seconds * 1_000 });
  for (const problem of report.problems) console.log(`PROBLEM ${problem}`);
  const { asked, kills, refreshes, redelivered, lost, doubled, wrongEffects, refusedBySlack } = report;
  return {
    summary: `seed ${seed}: two replicas for ${seconds} s, ${asked} asked for, ${kills} kills (kill -9), ${refreshes} refreshes of the sockets, ${redelivered} delivered again, ${refusedBySlack} that Slack itself reported as failed; ${lost.length} lost, ${doubled.length} doubled, ${wrongEffects.length} wrong effects, ${report.problems.length} violations`,
    trials: kills,
    violations: report.problems.length,
    isGood: asked > 0 && kills > 0 && report.problems.length === 0,
  };
}

interface ReplicaRun {
  readonly seed: number;
  readonly durationMs: number;
}

interface ReplicaReport extends LoadVerdict {
  readonly asked: number;
  readonly kills: number;
  readonly refreshes: number;
  readonly redelivered: number;
  readonly problems: readonly string[];
}

async function runReplicas({ seed, durationMs }: ReplicaRun): Promise<ReplicaReport> {
  const backend = await startDemoBackend();
  const directory = mkdtempSync(join(tmpdir(), 'jamie-replicas-'));
  const slack = await startSlackOfReplicas();
  const replicas = createReplicas({ directory, slack, backend });
  try {
    for (const replica of replicas) replica.start();
    await until(() => slack.hub.connectionCount >= replicas.length);
    return await runUnderLoad({ seed, durationMs }, { backend, slack, replicas, directory });
  } finally {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await slack.stop();
    await backend.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Scene {
  readonly backend: Backend;
  readonly slack: SlackEmulator;
  readonly replicas: readonly ReplicaProcess[];
  readonly directory: string;
}

async function runUnderLoad({ seed, durationMs }: ReplicaRun, scene: Scene): Promise<ReplicaReport> {
  const { slack, backend, replicas, directory } = scene;
  const over = new AbortController();
  const load = new ReplicaLoad(slack, backend);
  const loading = load.run(ASK_EVERY_MS, over.signal);
  const refreshing = refreshSockets(slack, over.signal);
  const killing = killAtRandom(scene, randomSource(seed), over.signal);
  await sleep(durationMs);
  over.abort();
  const [, refreshes] = await Promise.all([loading, refreshing, killing]);
  const isAnswered = await until(() => {
    load.approveOffered();
    return slack.hub.pending === 0 && isAllAnswered(slack, load) && isIdle(directory);
  });
  await sleep(2_000);
  const verdict = await judgeLoad(slack, backend, load);
  const deaths = replicas.flatMap((replica) => replica.deaths);
  const unrest = isAnswered ? [] : [`not at rest ${DEADLINE_MS} ms after the last kill`];
  return {
    ...verdict,
    asked: load.asked.length,
    kills: replicas.reduce((sum, replica) => sum + replica.kills, 0),
    refreshes,
    redelivered: slack.acknowledgements.filter(({ attempt }) => attempt > 0).length,
    problems: [...verdict.lost, ...verdict.doubled, ...verdict.wrongEffects, ...deaths, ...unrest],
  };
}

async function refreshSockets(slack: SlackEmulator, signal: AbortSignal): Promise<number> {
  let refreshes = 0;
  for (; !signal.aborted; refreshes += 1) {
    await sleep(REFRESH_EVERY_MS);
    slack.hub.refresh('refresh_requested', 300);
  }
  return refreshes;
}

async function killAtRandom(
  { replicas, slack }: Scene,
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  const { least, most } = KILL_EVERY_MS;
  while (!signal.aborted) {
    const needed = random() < EARLY_KILLS ? 1 : replicas.length;
    await until(() => signal.aborted || slack.hub.connectionCount >= needed);
    await sleep(least + random() * (most - least));
    if (!signal.aborted) replicas[Math.floor(random() * replicas.length)]?.kill();
  }
}
