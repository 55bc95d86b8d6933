import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ControlPlane } from './control-plane.ts';

const SEED = fileURLToPath(new URL('./seed/', import.meta.url));
const POLL_MS = 100;
const WITHIN_MS = 20_000;
let created = 0;

export interface TestNamespaceOptions {
  /** Start of the name; a number follows. Default: `test`. */
  readonly prefix?: string;
  /** Whether the group payments-operators (alice, bob) may operate here. Default: true. */
  readonly operable?: boolean;
}

/** A namespace of its own for one test. Resolves when pods can be made in it. */
export async function createTestNamespace(
  controlPlane: ControlPlane,
  { prefix = 'test', operable = true }: TestNamespaceOptions = {},
): Promise<string> {
  created += 1;
  const name = `${prefix}-${created}`;
  await controlPlane.kubectl(['create', 'namespace', name]);
  if (operable) await letOperate(controlPlane, name);
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    const path = `/api/v1/namespaces/${name}/serviceaccounts/default`;
    if ((await controlPlane.api()({ method: 'GET', path })).status === 200) return name;
    await sleep(POLL_MS);
  }
  throw new Error(`namespace ${name} got no default service account within ${WITHIN_MS} ms`);
}

/** Lets the group payments-operators change workloads in a namespace. */
async function letOperate(controlPlane: ControlPlane, namespace: string): Promise<void> {
  await controlPlane.kubectl([
    'create',
    'rolebinding',
    'payments-operators',
    '--clusterrole=workload-operator',
    '--group=payments-operators',
    `--namespace=${namespace}`,
  ]);
}

/**
 * Puts the manifests of seed/ into a namespace: healthy neighbours and one fault of each family. `files` picks some of
 * them by name without the suffix. Resolves when they are stored (stuck-rollout: when its second revision is); await
 * what you need of them with `waitFor`.
 */
export async function applySeed(
  controlPlane: ControlPlane,
  namespace: string,
  files: readonly string[] = seedFiles(),
): Promise<void> {
  const args = files.flatMap((file) => ['-f', join(SEED, `${file}.yaml`)]);
  await controlPlane.kubectl(['apply', '--server-side', `--namespace=${namespace}`, ...args]);
  if (!files.includes('stuck-rollout')) return;
  const inNamespace = `--namespace=${namespace}`;
  await controlPlane.kubectl(['rollout', 'status', 'deployment/payments', inNamespace, '--timeout=30s']);
  await controlPlane.kubectl([
    'set',
    'image',
    'deployment/payments',
    'payments=registry.example/shop/payments:8.1.0-unready',
    inNamespace,
  ]);
}

/** The names of the seed's manifests. */
export function seedFiles(): readonly string[] {
  return readdirSync(SEED)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''))
    .sort();
}

/** Reads something again and again until it is as wanted, and returns it; throws with what was last seen. */
export async function waitFor<Value>(
  read: () => Promise<Value>,
  isWanted: (value: Value) => boolean,
  timeoutMs = 30_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isWanted(value)) return value;
    if (Date.now() > deadline) {
      throw new Error(
        `not as wanted after ${timeoutMs} ms; last seen: ${JSON.stringify(value)?.slice(0, 2_000)}`,
      );
    }
    await sleep(POLL_MS);
  }
}
