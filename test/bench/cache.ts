import { execFile } from 'node:child_process';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Benchmark, Measurement } from './benchmark.ts';
import type { CacheLoad } from './cache-load.entry.ts';
import { generatePodList, type PodListBodies } from './pod-list.ts';

const PODS = 5_000;
/** So few pods that what they leave is what the loader itself costs: code, sockets, empty kinds. */
const FEW_PODS = 50;
const PAGE_SIZE = 500;
const ROUNDS = 5;
const SUBJECTS = ['ours', 'peer', 'parse', 'fetch'] as const;
type Subject = (typeof SUBJECTS)[number];

const PEER = '@kubernetes/client-node 2.0.1 informer';
const ENTRY = fileURLToPath(new URL('./cache-load.entry.ts', import.meta.url));
const run = promisify(execFile);

type Loads = Readonly<Record<Subject, readonly CacheLoad[]>>;

/** B3: what a cold list of 5,000 pods costs in memory and CPU, each load in a process of its own. */
export const cacheBenchmark: Benchmark = {
  name: 'cache',
  async run() {
    const bodies = generatePodList(PODS, PAGE_SIZE);
    const few = await withServer(generatePodList(FEW_PODS, PAGE_SIZE), (url) => measure(url, FEW_PODS));
    const many = await withServer(bodies, (url) => measure(url, PODS));
    return measurementsOf(many, few, bodies.whole.byteLength);
  },
};

/** Rounds in alternating order (A B … B A), so that a machine that slows down slows everybody. */
async function measure(url: string, pods: number): Promise<Loads> {
  const loads: Record<Subject, CacheLoad[]> = { ours: [], peer: [], parse: [], fetch: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? SUBJECTS : SUBJECTS.toReversed();
    for (const subject of order) loads[subject].push(await loadOnce(subject, url, pods));
  }
  return loads;
}

async function loadOnce(subject: Subject, url: string, pods: number): Promise<CacheLoad> {
  const args = ['--expose-gc', '--disable-warning=ExperimentalWarning', ENTRY, subject, url];
  const { stdout } = await run(process.execPath, args, { timeout: 60_000 });
  const load = JSON.parse(stdout) as CacheLoad;
  if (load.pods !== pods) throw new Error(`${subject} loaded ${load.pods} pods instead of ${pods}`);
  return load;
}

function measurementsOf(many: Loads, few: Loads, bytes: number): readonly Measurement[] {
  const heapOf = (loads: Loads, subject: Subject) => median(loads[subject].map(({ heapBytes }) => heapBytes));
  const heap = (subject: Subject) => (heapOf(many, subject) - heapOf(few, subject)) / (PODS - FEW_PODS);
  const cpu = (subject: Subject) => median(many[subject].map(({ cpuMs }) => cpuMs));
  const heapRatio = heap('ours') / heap('peer');
  const cpuRatio = cpu('ours') / cpu('parse');
  const perPod = { unit: 'bytes' };
  const cold = { value: cpu('ours'), unit: 'ms' };
  return [
    {
      figure: 'heap per pod',
      value: heap('ours'),
      ...perPod,
      peer: PEER,
      ratio: heapRatio,
      bar: '<= 1/8',
      met: heapRatio <= 1 / 8,
    },
    { figure: 'heap per pod, peer', value: heap('peer'), ...perPod },
    { figure: 'heap per pod, parsed JSON', value: heap('parse'), ...perPod },
    {
      figure: 'heap before the first pod',
      value: heapOf(few, 'ours') / 1e6,
      unit: 'MB',
      peer: PEER,
      ratio: heapOf(few, 'ours') / heapOf(few, 'peer'),
    },
    {
      figure: 'cold CPU, list to snapshot',
      ...cold,
      peer: 'JSON.parse, without transfer',
      ratio: cpuRatio,
      bar: '<= 1.3',
      met: cpuRatio <= 1.3,
    },
    {
      figure: 'cold CPU, list to snapshot',
      ...cold,
      peer: 'fetch + JSON.parse',
      ratio: cpu('ours') / cpu('fetch'),
    },
    { figure: 'cold CPU, list to snapshot', ...cold, peer: PEER, ratio: cpu('ours') / cpu('peer') },
    { figure: 'cold CPU, JSON.parse', value: cpu('parse'), unit: 'ms' },
    { figure: 'size of the list', value: bytes / 1e6, unit: 'MB' },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function withServer<T>(bodies: PodListBodies, use: (url: string) => Promise<T>): Promise<T> {
  const server = await serve(bodies);
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
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
