import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePorts } from '../control-plane/free-ports.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROUNDS = 5;
const WITHIN_MS = 30_000;
const POLL_MS = 5;
/** After this long without work, what start-up left behind is settled. */
const IDLE_MS = 2_000;
const MEBIBYTE = 1024 ** 2;

interface Start {
  readonly readyMs: number;
  readonly cpuMs: number;
  readonly idleMebibytes: number;
}

type StartProgram = (port: number, directory: string) => ChildProcess;

/** What `npm start` runs, with nothing in the environment but a port and a directory of its own. */
function startStandalone(port: number, directory: string): ChildProcess {
  return spawn(process.execPath, startArguments(), {
    cwd: ROOT,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: directory,
      JAMIE_DATA_DIR: join(directory, 'data'),
      JAMIE_PORT: String(port),
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
    },
  });
}

/** What `npm start` gives to Node. */
function startArguments(): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [, after = ''] = String(manifest.scripts.start).split(' node ');
  return after.split(' ');
}

/** The least that any such program costs: the same Node with an HTTP server that says yes. */
function startBareNode(port: number): ChildProcess {
  const script = `require('node:http').createServer((_, answer) => answer.end('ok')).listen(${port}, '127.0.0.1')`;
  return spawn(process.execPath, ['-e', script], { stdio: 'ignore', env: { PATH: process.env['PATH'] } });
}

async function measureStart(start: StartProgram): Promise<Start> {
  const directory = mkdtempSync(join(tmpdir(), 'jamie-bench-start-'));
  const [port = 0] = await findFreePorts(1);
  const began = performance.now();
  const child = start(port, directory);
  const gone = once(child, 'exit');
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null)
        throw new Error(`the program ended with ${child.exitCode} before it was ready`);
      if (performance.now() - began > WITHIN_MS) throw new Error(`not ready within ${WITHIN_MS} ms`);
      await sleep(POLL_MS);
    }
    const readyMs = performance.now() - began;
    const cpuMs = cpuTimeMs(child);
    await sleep(IDLE_MS);
    return { readyMs, cpuMs, idleMebibytes: residentBytes(child) / MEBIBYTE };
  } finally {
    child.kill('SIGKILL');
    await gone;
    rmSync(directory, { recursive: true, force: true });
  }
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/readyz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });
}

/** Resident memory as Linux counts it. */
function residentBytes(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** User and system time; Linux counts it in hundredths of a second. */
function cpuTimeMs(child: ChildProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function run(): Promise<readonly Measurement[]> {
  if (process.platform !== 'linux')
    throw new Error('memory and CPU time are read from /proc, which only Linux has');
  // Fills the compile cache, as the first start after an installation does.
  await measureStart(startStandalone);
  const ours: Start[] = [];
  const bare: Start[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? [ours, bare] : [bare, ours];
    for (const list of order) list.push(await measureStart(list === ours ? startStandalone : startBareNode));
  }
  const figure = (name: string, unit: string, read: (start: Start) => number): Measurement => {
    const value = median(ours.map(read));
    return {
      figure: name,
      value,
      unit,
      peer: `bare Node ${process.version}`,
      ratio: value / median(bare.map(read)),
    };
  };
  const ready = figure('start to ready, median', 'ms', ({ readyMs }) => readyMs);
  const memory = figure('idle resident memory, median', 'MiB', ({ idleMebibytes }) => idleMebibytes);
  const slowest = Math.max(...ours.map(({ readyMs }) => readyMs));
  return [
    { ...ready, bar: '< 2000 ms', met: ready.value < 2_000 },
    { figure: 'start to ready, slowest', value: slowest, unit: 'ms' },
    figure('CPU time to ready, median', 'ms', ({ cpuMs }) => cpuMs),
    { ...memory, bar: '< 200 MB', met: memory.value * MEBIBYTE < 200e6 },
  ];
}

/** B15: how long `npm start` takes with an empty environment, and what it then needs. */
export const startBenchmark: Benchmark = { name: 'start', run };
