/**
 * Loads a pod list once, cold, in this process alone, and prints what it cost: `node --expose-gc
 * cache-load.entry.ts <ours|peer|parse|fetch> <url>`.
 */
import { writeSync } from 'node:fs';
import { createPermitOffice, type Logger } from '@jamie/core';
import { createClusterClient, createSnapshotSource, plainAccess } from '@jamie/kubernetes';
import { systemClock } from '@jamie/runtime';
import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';

export interface CacheLoad {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly heapBytes: number;
  readonly pods: number;
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

/** Each loader prepares, and returns what to measure; that returns what keeps the result alive, and its size. */
type Loader = (url: string) => Promise<() => Promise<{ readonly kept: unknown; readonly pods: number }>>;

const loaders: Readonly<Record<string, Loader>> = {
  async ours(url) {
    const client = createClusterClient({
      cluster: 'bench',
      access: plainAccess({ url }),
      permits: createPermitOffice(),
      clock: systemClock,
      logger: silent,
    });
    const kept = createSnapshotSource({
      cluster: 'bench',
      transport: client.transport,
      clock: systemClock,
      logger: silent,
    });
    return async () => ({ kept, pods: (await kept.snapshot(30_000)).objects.Pod.length });
  },
  async peer(url) {
    const config = new KubeConfig();
    config.loadFromClusterAndUser({ name: 'bench', server: url, skipTLSVerify: true }, { name: 'bench' });
    const api = config.makeApiClient(CoreV1Api);
    const kept = makeInformer(config, '/api/v1/pods', () => api.listPodForAllNamespaces());
    return async () => {
      await kept.start();
      return { kept, pods: kept.list().length };
    };
  },
  async parse(url) {
    const text = await (await fetch(`${url}/api/v1/pods`)).text();
    return async () => {
      const kept = JSON.parse(text) as { readonly items: readonly unknown[] };
      return { kept, pods: kept.items.length };
    };
  },
  async fetch(url) {
    return async () => {
      const kept = JSON.parse(await (await fetch(`${url}/api/v1/pods`)).text()) as {
        readonly items: readonly unknown[];
      };
      return { kept, pods: kept.items.length };
    };
  },
};

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  for (let round = 0; round < 4; round += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const [subject = '', url = ''] = process.argv.slice(2);
const load = await loaders[subject]?.(url);
if (load === undefined) throw new Error(`there is no loader called "${subject}"`);
const heapBefore = heapBytes();
const cpuBefore = process.cpuUsage();
const began = performance.now();
const result = await load();
const wallMs = performance.now() - began;
const cpu = process.cpuUsage(cpuBefore);
const measured: CacheLoad = {
  cpuMs: (cpu.user + cpu.system) / 1_000,
  wallMs,
  heapBytes: heapBytes() - heapBefore,
  pods: result.pods,
};
writeSync(1, `${JSON.stringify(measured)}\n`);
// Watches stay open; what was loaded must outlive the measurement above.
process.exit(result.kept === undefined ? 1 : 0);
