import { whyNoControlPlane } from '../control-plane/assets.ts';
import { whyNoRedis } from '../support/redis-server.ts';
import type { Backend } from './backends/backend.ts';
import { startDemoBackend } from './backends/demo-backend.ts';
import { startRealBackend } from './backends/real-backend.ts';
import type { FaultOptions } from './options.ts';

const START: Readonly<Record<Backend['name'], () => Promise<Backend>>> = {
  demo: startDemoBackend,
  real: startRealBackend,
};

/** On a machine that can have no control plane the run says so; in CI that is a failure. */
function possibleBackends(options: FaultOptions): readonly Backend['name'][] {
  const reason = whyNoControlPlane();
  if (reason === undefined || !options.backends.includes('real')) return options.backends;
  if (process.env['CI'] === 'true') throw new Error(`the real API server cannot be had: ${reason}`);
  console.log(`NOT RUN: nothing runs on the real API server: ${reason}.`);
  return options.backends.filter((name) => name !== 'real');
}

/** Runs this on the API servers that were asked for and can be had, and ends them. */
export async function onBackends<Result>(
  options: FaultOptions,
  work: (backends: readonly Backend[]) => Promise<Result>,
): Promise<Result> {
  const backends = await Promise.all(possibleBackends(options).map((name) => START[name]()));
  try {
    return await work(backends);
  } finally {
    await Promise.all(backends.map((backend) => backend.stop()));
  }
}

/** Nothing is left out in silence: whoever has no Redis says so. */
export function refuseWithoutRedis({ queues }: Pick<FaultOptions, 'queues'>): void {
  const reason = queues.includes('redis') ? whyNoRedis() : undefined;
  if (reason === undefined) return;
  throw new Error(`no trial can run on Redis: ${reason}. To do without: --queue embedded`);
}
