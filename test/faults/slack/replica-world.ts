import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@jamie/core';
import { type Config, loadConfig, systemClock } from '@jamie/runtime';
import { createStandalone, type Standalone } from '@jamie/standalone';
import { createSlackEmulator, RecordingLogger, type SlackEmulator } from '@jamie/testing';
import type { Backend } from '../backends/backend.ts';
import { PEOPLE, STRANGER } from './trial-script.ts';

/** Everything that is still to be done now; jobs of later are not. */
const OPEN_WORK = `SELECT
  (SELECT count(*) FROM inbox WHERE finished_at IS NULL) +
  (SELECT count(*) FROM outbox WHERE taken_at IS NULL) +
  (SELECT count(*) FROM requests WHERE json_extract(record, '$.status') = 'open') +
  (SELECT count(*) FROM jobs WHERE name <> 'operations.expire' AND status IN ('active', 'waiting')) AS count`;
const POLL_MS = 50;

/** Short, so that a trial need not wait; long enough that a busy machine does not make good rollouts fail. */
const TIMING = {
  EXECUTION_LEASE_MS: '4000',
  JOB_LEASE_MS: '4000',
  VERIFY_READY_MS: '200',
  VERIFY_TIMEOUT_MS: '60000',
  WATCH_SCALE: '0.003',
} as const;

interface Replica {
  readonly program: Standalone;
  /** How far its clock is off, in milliseconds. */
  readonly skew: { byMs: number };
  readonly logger: RecordingLogger;
}

/** An emulated Slack and two replicas of the real program on one data directory, all in this process. */
export class ReplicaWorld {
  readonly slack: SlackEmulator;
  readonly backend: Backend;
  readonly replicas: Replica[];
  readonly #directory: string;

  private constructor(
    backend: Backend,
    directory: string,
    slack: SlackEmulator,
    replicas: readonly Replica[],
  ) {
    this.backend = backend;
    this.slack = slack;
    this.replicas = [...replicas];
    this.#directory = directory;
  }

  static async start(backend: Backend, count: number): Promise<ReplicaWorld> {
    const directory = mkdtempSync(join(tmpdir(), 'jamie-trials-'));
    mkdirSync(join(directory, 'data'));
    const slack = createSlackEmulator({
      mode: 'socket',
      // Slack's 3 s, and its retries at once, after one and after five minutes, as fractions of seconds.
      times: { ackTimeoutMs: 700, retryDelaysMs: [0, 600, 3_000] },
    });
    await slack.start();
    const people = Object.entries(PEOPLE).map(([name, user]) => ({
      name,
      slack: { team: slack.workspace.teamId, user },
      kubernetes: { user: name, groups: backend.person.groups },
    }));
    for (const [name, user] of Object.entries(PEOPLE)) slack.workspace.addUser(user, { name });
    slack.workspace.addUser(STRANGER, { name: 'eve' });
    writeFileSync(join(directory, 'people.yaml'), JSON.stringify({ people }));
    writeFileSync(join(directory, 'kubeconfig'), backend.kubeconfig(), { mode: 0o600 });
    const config = configOf(directory, slack);
    const replicas = Array.from({ length: count }, () => createReplica(config));
    for (const { program } of replicas) await program.start();
    return new ReplicaWorld(backend, directory, slack, replicas);
  }

  get databasePath(): string {
    return join(this.#directory, 'data', 'jamie.db');
  }

  get logs(): readonly string[] {
    return this.replicas.flatMap(({ logger }, index) =>
      logger.entries
        .filter(({ level }) => level === 'error' || level === 'warn')
        .map(({ message, fields }) => `replica ${index}: ${message} ${describe(fields)}`),
    );
  }

  /** Starts another replica beside those that run. */
  async add(): Promise<void> {
    const replica = createReplica(configOf(this.#directory, this.slack));
    await replica.program.start();
    this.replicas.push(replica);
  }

  /** Stops the oldest replica, as SIGTERM does. */
  async stopOldest(): Promise<void> {
    await this.replicas.shift()?.program.stop();
  }

  /** Until every replica has its socket. */
  untilConnected(): Promise<boolean> {
    return this.until(() => this.slack.hub.connectionCount >= this.replicas.length, 40_000);
  }

  /** Whether Slack waits for nothing and the programs have nothing left to do. */
  isIdle(): boolean {
    const { hub } = this.slack;
    return hub.pending === 0 && this.read(OPEN_WORK)[0]?.['count'] === 0;
  }

  /** What is left to do, for a report. */
  describeOpenWork(): string {
    const jobs = this.read(
      "SELECT name, status, attempt, due_at, last_error FROM jobs WHERE name <> 'operations.expire' AND status IN ('active', 'waiting')",
    );
    const inbox = this.read('SELECT id, claimed_by, claimed_until FROM inbox WHERE finished_at IS NULL');
    return JSON.stringify({ pending: this.slack.hub.pending, now: Date.now(), jobs, inbox });
  }

  /** Reads what is stored, past the programs. */
  read(sql: string): readonly Record<string, unknown>[] {
    const database = new DatabaseSync(this.databasePath, { readOnly: true, timeout: 5_000 });
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  }

  /** Looks until it is so; false when the time is over. */
  async until(isSo: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    while (!(await isSo())) {
      if (performance.now() > deadline) return false;
      await sleep(POLL_MS);
    }
    return true;
  }

  async end(): Promise<void> {
    for (const { program } of this.replicas) await program.stop();
    await this.slack.stop();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

function describe(fields: Readonly<Record<string, unknown>>): string {
  const plain = Object.entries(fields).map(([key, value]) => [
    key,
    value instanceof Error ? value.message : value,
  ]);
  return JSON.stringify(Object.fromEntries(plain));
}

function createReplica(config: Config): Replica {
  const skew = { byMs: 0 };
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + skew.byMs };
  const logger = new RecordingLogger();
  return { program: createStandalone({ config, logger, clock }), skew, logger };
}

function configOf(directory: string, slack: SlackEmulator): Config {
  return loadConfig({
    JAMIE_DATA_DIR: join(directory, 'data'),
    JAMIE_REPLICAS: 'several',
    JAMIE_PORT: '0',
    CLUSTERS: 'test',
    CLUSTER_ENVIRONMENTS: 'test=development',
    KUBECONFIG: join(directory, 'kubeconfig'),
    DEMO_CLUSTER: 'off',
    PRINCIPALS_FILE: join(directory, 'people.yaml'),
    PERSONA: 'off',
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ...TIMING,
  });
}
