import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CorrelationId } from '@jamie/core';
import { randomIds } from '@jamie/runtime';
import { createTemporaryDirectory } from '@jamie/testing';
import { startRedis, whyNoRedis } from '../support/redis-server.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { LEASE_MS, openResumeQueue } from './resume-queue.ts';

const TRIALS = 5;
const GRACE_MS = 2_000;
/** The lease is renewed at a third: a death comes at any moment between two renewals. */
const RENEWAL_MS = LEASE_MS / 3;
const GIVE_UP_MS = 3 * LEASE_MS;
const WORKER = fileURLToPath(new URL('./resume-worker.entry.ts', import.meta.url));

/**
 * B16: a process is killed with SIGKILL while it works on a job, at moments spread over the time between two renewals of
 * its lease; how long it takes until another process, which is idle beside it, has the job.
 */
export const resumeBenchmark: Benchmark = {
  name: 'resume',
  async run() {
    const measured = [await onEmbedded()];
    const whyNot = whyNoRedis();
    if (whyNot === undefined) measured.push(await onRedis());
    else console.log(`resume is not measured on Redis: ${whyNot}`);
    return [...measured.flat(), { figure: 'lease of a job', value: LEASE_MS / 1_000, unit: 's' }];
  },
};

async function onEmbedded(): Promise<readonly Measurement[]> {
  const directories = Array.from({ length: TRIALS }, () => createTemporaryDirectory());
  try {
    return toMeasurements('embedded queue', await runTrials((trial) => directories[trial]?.path ?? ''));
  } finally {
    for (const directory of directories) directory.remove();
  }
}

async function onRedis(): Promise<readonly Measurement[]> {
  const server = await startRedis();
  try {
    return toMeasurements('queue on Redis', await runTrials(() => server.url));
  } finally {
    await server.stop();
  }
}

/** All at once: they sleep nearly all the time. */
function runTrials(placeOf: (trial: number) => string): Promise<readonly number[]> {
  const trials = Array.from({ length: TRIALS }, (_, trial) => trial);
  return Promise.all(
    trials.map((trial) => resume(placeOf(trial), `resume-${trial}`, (trial * RENEWAL_MS) / TRIALS)),
  );
}

/** Milliseconds from the death of the process that works on the job, `afterMs` into it, until another one has it. */
async function resume(place: string, of: string, afterMs: number): Promise<number> {
  const queue = await openResumeQueue(place, of, randomIds);
  const workers: ResumeWorker[] = [];
  const start = async () => {
    const worker = new ResumeWorker(place, of);
    workers.push(worker);
    await worker.says('works');
    return worker;
  };
  try {
    const first = await start();
    const correlationId = 'x_resume' as CorrelationId;
    const payload = { requestId: 'r_resume' };
    const job = { name: 'requests.handle', payload, deduplicationId: 'handle:r_resume', correlationId };
    await queue.add(job);
    await first.says('has the job');
    const second = await start();
    await sleep(afterMs);
    const killedAt = performance.now();
    await first.kill();
    await second.says('has the job');
    return performance.now() - killedAt;
  } finally {
    await Promise.all([...workers.map((worker) => worker.kill()), queue.close()]);
  }
}

/** A process that takes jobs of the queue. */
class ResumeWorker {
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #lines: Interface;
  readonly #said = new Set<string>();

  constructor(place: string, of: string) {
    this.#process = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WORKER, place, of], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] },
    });
    this.#exited = once(this.#process, 'exit');
    this.#lines = createInterface({ input: this.#process.stdout ?? process.stdin });
    this.#lines.on('line', (line) => this.#said.add(line));
  }

  async says(words: string): Promise<void> {
    const signal = AbortSignal.timeout(GIVE_UP_MS);
    while (!this.#said.has(words)) await once(this.#lines, 'line', { signal });
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
  }
}

function toMeasurements(where: string, tookMs: readonly number[]): readonly Measurement[] {
  const sorted = tookMs.toSorted((one, other) => one - other);
  const worst = (sorted.at(-1) ?? Number.NaN) / 1_000;
  const within = (LEASE_MS + GRACE_MS) / 1_000;
  const figure = `${where}: job taken up after kill -9`;
  return [
    {
      ...{ figure: `${figure}, longest of ${tookMs.length}`, value: worst, unit: 's' },
      ...{ bar: `<= ${within} s`, met: worst <= within },
    },
    {
      figure: `${figure}, p50`,
      value: (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) / 1_000,
      unit: 's',
    },
  ];
}
