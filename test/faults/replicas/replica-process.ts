import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../apps/standalone/src/main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** As `npm start` has them: how large its heap grows follows from them. */
const START_FLAGS = ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'];

/** How much of its output a report shows of one that ended by itself. */
const WORDS = 2_000;

export interface ReplicaProcessOptions {
  readonly name: string;
  /** Of the whole run; the output goes there too. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** One replica: the program that `npm start` runs, started again whenever it is killed. */
export class ReplicaProcess {
  readonly #options: ReplicaProcessOptions;
  #child: ChildProcess | undefined;
  #isWanted = false;
  #ended: Promise<void> = Promise.resolve();
  kills = 0;
  starts = 0;
  /** Ends that nobody asked for. */
  readonly deaths: string[] = [];

  constructor(options: ReplicaProcessOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isWanted = true;
    this.#spawn();
  }

  /** kill -9; it is started again at once. */
  kill(): void {
    this.kills += 1;
    this.#child?.kill('SIGKILL');
  }

  /** SIGSTOP: it stands still in whatever it does, until `thaw`. One that is not there does so for nobody. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** SIGTERM; resolves when it has ended by itself. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    this.#child?.kill('SIGTERM');
    await this.#ended;
  }

  /** Of the present run. */
  get processId(): number | undefined {
    return this.#child?.pid;
  }

  #lastWords(): string {
    const { name, directory } = this.#options;
    return readFileSync(join(directory, `${name}.log`), 'utf8').slice(-WORDS);
  }

  #spawn(): void {
    const { name, directory, environment } = this.#options;
    const output = openSync(join(directory, `${name}.log`), 'a');
    const child = spawn(process.execPath, [...START_FLAGS, MAIN], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
        ...environment,
      },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.#child = child;
    this.starts += 1;
    this.#ended = new Promise((resolve) => {
      child.on('exit', (code, signal) => {
        resolve();
        if (!this.#isWanted) return;
        if (signal !== 'SIGKILL')
          this.deaths.push(`${name} ended by itself with ${signal ?? code}: ${this.#lastWords()}`);
        this.#spawn();
      });
    });
  }
}
