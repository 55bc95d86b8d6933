import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { applySeed, createTestNamespace } from '../control-plane/test-namespace.ts';
import { REAL_PEOPLE, realTestCluster } from '../support/real-test-cluster.ts';
import { SlackWorld } from '../support/slack-world.ts';
import { apiSurface } from '../support/surfaces/api-surface.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const NAMESPACES = 10;
const DEPLOYMENTS = 500;
const REPLICAS = 10;
const SAMPLES = 12;
const READY_WITHIN_MS = 15 * 60_000;
const SLOW_MS = 2_000;
const QUICK_MS = 300;
const PEER = 'one raw GET of a Deployment';

/**
 * How long people wait for answers on a real API server that runs 5,000 pods: every reading command and a few
 * sentences, from the request over HTTP until the answer stands in the conversation.
 */
export const answersBenchmark: Benchmark = {
  name: 'answers',
  async run() {
    const controlPlane = await startControlPlane({ nodes: 8 });
    try {
      return await measureOn(controlPlane);
    } finally {
      await controlPlane.stop();
    }
  },
};

async function measureOn(controlPlane: ControlPlane): Promise<readonly Measurement[]> {
  const namespaces = await fill(controlPlane);
  const [namespace = ''] = namespaces;
  const world = new SlackWorld({
    mode: 'socket',
    cluster: realTestCluster(controlPlane, namespace),
    people: [],
    local: REAL_PEOPLE.requester,
  });
  await world.start();
  try {
    const rawMs = await sampleRaw(controlPlane, namespace);
    const samples = new Map<string, readonly number[]>();
    for (const command of commandsFor(namespace)) samples.set(command, await sample(world, command));
    return measurementsOf(samples, rawMs);
  } finally {
    await world.end();
  }
}

function commandsFor(namespace: string): readonly string[] {
  return [
    ...['help', 'status', 'doctor', 'clusters', `whoami -n ${namespace}`, 'plan', 'audit', 'audit verify'],
    ...['health -A', `health ${namespace}`, `why checkout -n ${namespace}`, `why load-1 -n ${namespace}`],
    ...['pods -A', 'pods -A --unhealthy', `pods -n ${namespace}`, `pods load-1 -n ${namespace}`],
    ...['events -A', `events -n ${namespace}`, `events load-1 -n ${namespace}`, `top -n ${namespace}`],
    ...[`logs checkout -n ${namespace}`, `diff load-1 -n ${namespace}`],
    `scale load-1 11 -n ${namespace}`,
    `ask why is checkout crashing in ${namespace}?`,
    `ask which pods are not ready in ${namespace}?`,
    `ask show me the last events of load-1 in ${namespace}`,
  ];
}

async function sample(world: SlackWorld, command: string): Promise<readonly number[]> {
  const times: number[] = [];
  // The first is a warm-up: it loads what is loaded on demand.
  for (let run = -1; run < SAMPLES; run += 1) {
    const surface = apiSurface(world.link);
    const startedAt = performance.now();
    const shown = await surface.ask(command);
    const durationMs = performance.now() - startedAt;
    if (/"tone":"(?:error|refusal)"/.test(shown)) throw new Error(`${command}: ${shown.slice(0, 600)}`);
    if (run >= 0) times.push(durationMs);
  }
  return times;
}

async function sampleRaw(controlPlane: ControlPlane, namespace: string): Promise<readonly number[]> {
  const api = controlPlane.api();
  const times: number[] = [];
  for (let run = 0; run < SAMPLES; run += 1) {
    const startedAt = performance.now();
    await api({ method: 'GET', path: `/apis/apps/v1/namespaces/${namespace}/deployments/load-1` });
    times.push(performance.now() - startedAt);
  }
  return times;
}

function measurementsOf(
  samples: ReadonlyMap<string, readonly number[]>,
  rawMs: readonly number[],
): readonly Measurement[] {
  const all = [...samples.values()].flat();
  const quick = all.filter((durationMs) => durationMs < QUICK_MS).length / all.length;
  const raw = quantile(rawMs, 0.5);
  return [
    { figure: PEER, value: raw, unit: 'ms' },
    {
      figure: `all ${samples.size} commands, p50`,
      value: quantile(all, 0.5),
      unit: 'ms',
      peer: PEER,
      ratio: quantile(all, 0.5) / raw,
    },
    {
      figure: `all ${samples.size} commands, p95`,
      value: quantile(all, 0.95),
      unit: 'ms',
      bar: `< ${SLOW_MS} ms`,
      met: quantile(all, 0.95) < SLOW_MS,
    },
    {
      figure: `answers under ${QUICK_MS} ms`,
      value: 100 * quick,
      unit: '%',
      bar: '> 50 %',
      met: quick > 0.5,
    },
    ...[...samples].map(([command, times]) => ({
      figure: `p95 of "${command}"`,
      value: quantile(times, 0.95),
      unit: 'ms',
      bar: `< ${SLOW_MS} ms`,
      met: quantile(times, 0.95) < SLOW_MS,
    })),
  ];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** 500 Deployments of ten replicas over ten namespaces, ready, and the seed's faults in the first. */
async function fill(controlPlane: ControlPlane): Promise<readonly string[]> {
  const namespaces: string[] = [];
  for (let index = 0; index < NAMESPACES; index += 1)
    namespaces.push(await createTestNamespace(controlPlane, { prefix: 'load' }));
  await controlPlane.kubectl([
    ...['create', 'clusterrolebinding', 'operators-read-all', '--clusterrole=jamie-reader'],
    '--group=payments-operators',
  ]);
  await applySeed(controlPlane, namespaces[0] ?? '', ['crash-loop', 'healthy']);
  const api = controlPlane.api();
  for (let index = 0; index < DEPLOYMENTS; index += 1) {
    const namespace = namespaces[index % NAMESPACES];
    const answer = await api({
      method: 'POST',
      path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
      body: deployment(`load-${Math.floor(index / NAMESPACES)}`),
    });
    if (answer.status !== 201) throw new Error(`Deployment ${index}: ${answer.status} ${answer.text}`);
  }
  // A second revision of one, for diff.
  await api({
    method: 'PATCH',
    path: `/apis/apps/v1/namespaces/${namespaces[0]}/deployments/load-1`,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { spec: { template: { metadata: { annotations: { revised: 'yes' } } } } },
  });
  await untilReady(controlPlane);
  return namespaces;
}

async function untilReady(controlPlane: ControlPlane): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const listed = await controlPlane.kubectl([
      ...['get', 'deployments', '-A', '-o', 'jsonpath={range .items[*]}{.status.readyReplicas} {end}'],
    ]);
    const ready = listed.split(/\s+/).reduce((sum, count) => sum + Number(count), 0);
    if (ready >= DEPLOYMENTS * REPLICAS) return;
    if (Date.now() > deadline) throw new Error(`only ${ready} pods are ready`);
    console.log(`waiting for pods: ${ready} of ${DEPLOYMENTS * REPLICAS} are ready`);
    await sleep(10_000);
  }
}

function deployment(name: string): unknown {
  const labels = { app: name };
  const container = {
    name: 'app',
    image: 'registry.example/load/app:1.0.0',
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}
