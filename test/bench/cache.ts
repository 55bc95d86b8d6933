import { execFile } from 'node:child_process';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Benchmark, Measurement } from './benchmark.ts';
import type { CacheLoad } from './cache-load.entry.ts';
import { generatePodList, type PodListBodies } from './pod-list.ts';

const PODS = 5_000;
const PAGE_SIZE = 500;
const ROUNDS = 5;
const SUBJECTS = ['ours', 'peer', 'parse', 'fetch'] as const;
type Subject = (typeof SUBJECTS)[number];

const PEER = '@kubernetes/client-node 2.0.1 informer';
const ENTRY = fileURLToPath(new URL('./cache-load.entry.ts', import.meta.url));
const run = promisify(execFile);

/** B3: what a cold list of 5,000 pods costs in memory and CPU, each load in a process of its own. */
export const cacheBenchmark: Benchmark = {
  name: 'cache',
  async run() {
    const bodies = generatePodList(PODS, PAGE_SIZE);
    const server = await serve(bodies);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      return measurementsOf(await measure(url), bodies.whole.byteLength);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
};

/** Rounds in alternating order (A B … B A), so that a machine that slows down slows everybody. */
async function measure(url: string): Promise<Readonly<Record<Subject, readonly CacheLoad[]>>> {
  const loads: Record<Subject, CacheLoad[]> = { ours: [], peer: [], parse: [], fetch: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? SUBJECTS : SUBJECTS.toReversed();
    for (const subject of order) loads[subject].push(await loadOnce(subject, url));
  }
  return loads;
}

async function loadOnce(subject: Subject, url: string): Promise<CacheLoad> {
  const args = ['--expose-gc', '--disable-warning=ExperimentalWarning', ENTRY, subject, url];
  const { stdout } = await run(process.execPath, args, { timeout: 60_000 });
  const load = JSON.parse(stdout) as CacheLoad;
  if (load.pods !== PODS) throw new Error(`${subject} loaded ${load.pods} pods instead of ${PODS}`);
  return load;
}

function measurementsOf(
  loads: Readonly<Record<Subject, readonly CacheLoad[]>>,
  bytes: number,
): readonly Measurement[] {
  const heap = (subject: Subject) => median(loads[subject].map(({ heapBytes }) => heapBytes)) / PODS;
  const cpu = (subject: Subject) => median(loads[subject].map(({ cpuMs }) => cpuMs));
  const heapRatio = heap('ours') / heap('peer');
  const cpuRatio = cpu('ours') / cpu('parse');
  return [
    {
      figure: 'heap per pod',
      value: heap('ours'),
      unit: 'bytes',
      peer: PEER,
      ratio: heapRatio,
      bar: '<= 1/8',
      met: heapRatio <= 1 / 8,
    },
    { figure: 'heap per pod, peer', value: heap('peer'), unit: 'bytes' },
    { figure: 'heap per pod, parsed JSON', value: heap('parse'), unit: 'bytes' },
    {
      figure: 'cold CPU, list to snapshot',
      value: cpu('ours'),
      unit: 'ms',
      peer: 'JSON.parse of the same list',
      ratio: cpuRatio,
      bar: '<= 1.3',
      met: cpuRatio <= 1.3,
    },
    {
      figure: 'cold CPU, against fetch and JSON.parse',
      value: cpu('ours'),
      unit: 'ms',
      peer: 'fetch + JSON.parse',
      ratio: cpu('ours') / cpu('fetch'),
    },
    {
      figure: 'cold CPU, against the peer',
      value: cpu('ours'),
      unit: 'ms',
      peer: PEER,
      ratio: cpu('ours') / cpu('peer'),
    },
    { figure: 'cold CPU, JSON.parse', value: cpu('parse'), unit: 'ms' },
    { figure: 'size of the list', value: bytes / 1e6, unit: 'MB' },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function serve({ whole, pages }: PodListBodies): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench');
    response.setHeader('content-type', 'application/json');
    if (searchParams.get('watch') === 'true') response.flushHeaders();
    else if (pathname !== '/api/v1/pods')
      send(response, Buffer.from('{"metadata":{"resourceVersion":"1"},"items":[]}'));
    else if (!searchParams.has('limit')) send(response, whole);
    else
      send(
        response,
        pages[Number(searchParams.get('continue')?.slice('page-'.length) ?? 0) / PAGE_SIZE] ?? whole,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function send(response: ServerResponse, body: Buffer): void {
  response.setHeader('content-length', body.byteLength);
  response.end(body);
}
