import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordsPlace } from './check-left.ts';
import { type DeathOrder, LOG_VARIABLE, ORDER_VARIABLE } from './death-order.ts';

const ENTRY = fileURLToPath(new URL('./child.entry.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The leases of the program under test, in milliseconds; everything that runs longer than both counts as a zombie. */
export const EXECUTION_LEASE_MS = 1_000;
export const JOB_LEASE_MS = 1_000;

/** Its name on the MongoDB of a trial, which is the trial's own. */
const DATABASE = 'trial';

export interface ProgramSettings {
  /** Of this trial alone; holds the data directory, the configuration files and the logs. */
  readonly directory: string;
  readonly kubeconfig: string;
  /** Who may ask and approve: Slack accounts, and as whom Kubernetes knows them. */
  readonly people: readonly {
    readonly account: string;
    readonly kubernetes: { readonly user: string; readonly groups: readonly string[] };
  }[];
  /** Where jobs wait; absent: in the store. */
  readonly redisUrl?: string;
  /** Where everything else is kept; absent: in the data directory. */
  readonly mongodbUrl?: string;
  readonly slack: {
    readonly apiUrl: string;
    readonly botToken: string;
    readonly appToken: string;
    readonly teamId: string;
  };
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One run of the program under test. */
export interface RunningProgram {
  readonly ended: Promise<Ending>;
  kill(signal: NodeJS.Signals): void;
}

/** The program on one data directory, run again and again. */
export class Program {
  readonly dataDirectory: string;
  readonly #settings: ProgramSettings;
  readonly #logPath: string;
  runs = 0;

  constructor(settings: ProgramSettings) {
    const { directory, slack } = settings;
    this.#settings = settings;
    this.dataDirectory = join(directory, 'data');
    this.#logPath = join(directory, 'boundaries.log');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'kubeconfig'), settings.kubeconfig, { mode: 0o600 });
    const people = settings.people.map(({ account, kubernetes }) => ({
      name: kubernetes.user,
      slack: { team: slack.teamId, user: account },
      kubernetes,
    }));
    writeFileSync(join(directory, 'people.yaml'), JSON.stringify({ people }));
  }

  /** Where its records are. */
  get records(): RecordsPlace {
    const { mongodbUrl } = this.#settings;
    return mongodbUrl === undefined
      ? { kind: 'sqlite', directory: this.dataDirectory }
      : { kind: 'mongodb', url: mongodbUrl, name: DATABASE };
  }

  /** Every boundary passed so far, by all runs, in order. */
  boundaries(): readonly string[] {
    if (!existsSync(this.#logPath)) return [];
    return readFileSync(this.#logPath, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  }

  /** What the last run said on its way; for a report about a trial that failed. */
  output(): string {
    const path = join(this.#settings.directory, `output-${this.runs}.log`);
    return existsSync(path) ? readFileSync(path, 'utf8').slice(-4_000) : '';
  }

  start(orders: readonly DeathOrder[] = []): RunningProgram {
    this.runs += 1;
    const output = openSync(join(this.#settings.directory, `output-${this.runs}.log`), 'a');
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY], {
      cwd: ROOT,
      env: this.#environment(orders),
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    return { ended: endingOf(child), kill: (signal) => child.kill(signal) };
  }

  #environment(orders: readonly DeathOrder[]): NodeJS.ProcessEnv {
    const { directory, slack, redisUrl, mongodbUrl } = this.#settings;
    return {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
      JAMIE_DATA_DIR: this.dataDirectory,
      JAMIE_PORT: '0',
      LOG_LEVEL: 'warn',
      LOG_FORMAT: 'json',
      CLUSTERS: 'test',
      CLUSTER_ENVIRONMENTS: 'test=development',
      KUBECONFIG: join(directory, 'kubeconfig'),
      DEMO_CLUSTER: 'off',
      PRINCIPALS_FILE: join(directory, 'people.yaml'),
      SLACK_MODE: 'socket',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      EXECUTION_LEASE_MS: String(EXECUTION_LEASE_MS),
      JOB_LEASE_MS: String(JOB_LEASE_MS),
      VERIFY_READY_MS: '400',
      VERIFY_TIMEOUT_MS: '120000',
      WATCH_SCALE: '0.005',
      [LOG_VARIABLE]: this.#logPath,
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
      ...(mongodbUrl !== undefined && { MONGODB_URL: mongodbUrl, MONGODB_DATABASE: DATABASE }),
      [ORDER_VARIABLE]: JSON.stringify(orders),
    };
  }
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
}
