import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSlackEmulator, type SlackEmulator } from '@jamie/testing';
import type { Backend } from '../backends/backend.ts';
import { startDemoBackend } from '../backends/demo-backend.ts';
import { randomSource } from '../shuffle.ts';
import { isAllAnswered, judgeLoad, type LoadVerdict } from './judge-load.ts';
import { ReplicaLoad } from './replica-load.ts';
import { ReplicaProcess } from './replica-process.ts';

const REPLICAS = 2;
const PERSON = 'UADA';
const ASK_EVERY_MS = 1_500;
const REFRESH_EVERY_MS = 3_000;
/** After the replicas are up: a program that is killed before it is up does nothing on any machine. */
const KILL_EVERY_MS = { least: 2_000, most: 8_000 };
/** Which share of the kills does not wait for the other replica, so that nobody is left for a while. */
const EARLY_KILLS = 0.2;
/** How soon after the last kill everything must have come to its visible end. */
const DEADLINE_MS = 150_000;
const POLL_MS = 200;

const TIMING = {
  EXECUTION_LEASE_MS: '2000',
  JOB_LEASE_MS: '3000',
  VERIFY_READY_MS: '400',
  VERIFY_TIMEOUT_MS: '120000',
  WATCH_SCALE: '0.005',
};

export interface ReplicaRun {
  readonly seed: number;
  readonly durationMs: number;
}

export interface ReplicaReport extends LoadVerdict {
  readonly asked: number;
  readonly kills: number;
  readonly refreshes: number;
  readonly redelivered: number;
  readonly problems: readonly string[];
}

/** `npm run faults -- replicas`: two real processes on one data directory, killed at random under a steady load. */
export async function runReplicas({ seed, durationMs }: ReplicaRun): Promise<ReplicaReport> {
  const backend = await startDemoBackend();
  const directory = mkdtempSync(join(tmpdir(), 'jamie-replicas-'));
  const slack = createSlackEmulator({
    mode: 'socket',
    times: { ackTimeoutMs: 1_500, retryDelaysMs: [0, 3_000, 15_000] },
  });
  await slack.start();
  const replicas = createReplicas(directory, slack, backend);
  try {
    for (const replica of replicas) replica.start();
    await until(() => slack.hub.connectionCount >= REPLICAS);
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

function createReplicas(
  directory: string,
  slack: SlackEmulator,
  backend: Backend,
): readonly ReplicaProcess[] {
  mkdirSync(join(directory, 'data'));
  slack.workspace.addUser(PERSON, { name: 'ada' });
  const account = { team: slack.workspace.teamId, user: PERSON };
  const people = [{ name: 'Ada', slack: account, kubernetes: backend.person }];
  writeFileSync(join(directory, 'people.yaml'), JSON.stringify({ people }));
  writeFileSync(join(directory, 'kubeconfig'), backend.kubeconfig(), { mode: 0o600 });
  const environment = {
    JAMIE_DATA_DIR: join(directory, 'data'),
    JAMIE_REPLICAS: 'several',
    JAMIE_PORT: '0',
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
    PERSONA: 'off',
    CLUSTERS: 'test',
    CLUSTER_ENVIRONMENTS: 'test=development',
    KUBECONFIG: join(directory, 'kubeconfig'),
    DEMO_CLUSTER: 'off',
    PRINCIPALS_FILE: join(directory, 'people.yaml'),
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ...TIMING,
  };
  return Array.from(
    { length: REPLICAS },
    (_, index) => new ReplicaProcess({ name: `replica-${index}`, directory, environment }),
  );
}

function isIdle(directory: string): boolean {
  const database = new DatabaseSync(join(directory, 'data', 'jamie.db'), { readOnly: true, timeout: 5_000 });
  try {
    const open = `SELECT (SELECT count(*) FROM inbox WHERE finished_at IS NULL) +
      (SELECT count(*) FROM outbox WHERE taken_at IS NULL) +
      (SELECT count(*) FROM jobs WHERE name <> 'operations.expire' AND status IN ('active', 'waiting')) AS count`;
    return database.prepare(open).get()?.['count'] === 0;
  } finally {
    database.close();
  }
}

async function until(isSo: () => boolean): Promise<boolean> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!isSo()) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
