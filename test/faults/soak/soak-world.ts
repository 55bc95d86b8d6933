import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@jamie/runtime';
import {
  type MongodbDouble,
  type OllamaDouble,
  type SlackEmulator,
  startMongodbDouble,
  startOllamaDouble,
} from '@jamie/testing';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import type { Backend } from '../backends/backend.ts';
import { startDemoBackend } from '../backends/demo-backend.ts';
import { deployment } from '../backends/deployments.ts';
import type { RecordsPlace } from '../check-left.ts';
import { ApiProxy } from '../quick/api-proxy.ts';
import type { PairName } from '../quick/storage.ts';
import { createReplicas } from '../replicas/create-replicas.ts';
import type { ReplicaProcess } from '../replicas/replica-process.ts';
import { until } from '../replicas/rest.ts';
import { startSlackOfReplicas } from '../replicas/start-slack.ts';

/** A Deployment that never becomes ready, to ask the model about. */
export const BROKEN = 'broken';
const MISSING_IMAGE = 'registry.example/shop/web:missing-1';
const MODEL = { MODEL_TIMEOUT_MS: '6000', MODEL_FIRST_BYTE_TIMEOUT_MS: '2000' };
const DATABASE = 'soak';
/** Longer than anybody looks away. */
const TRANSACTION_LIFETIME_MS = 10_000;

/** The servers that the full-size pair keeps its records and its jobs on. */
export interface SoakServers {
  readonly redis: RedisServer;
  readonly mongodb: MongodbDouble;
}

/** Everything around two real processes of the program, each with a network of its own to the API server. */
export interface SoakWorld {
  readonly pair: PairName;
  readonly directory: string;
  readonly backend: Backend;
  readonly slack: SlackEmulator;
  readonly model: OllamaDouble;
  /** Of each replica, in their order. */
  readonly proxies: readonly ApiProxy[];
  readonly replicas: readonly ReplicaProcess[];
  /** Of the full-size pair. */
  readonly servers: SoakServers | undefined;
  readonly records: RecordsPlace;
  end(): Promise<void>;
}

/** Starts everything; resolves when both replicas listen to Slack. */
export async function startSoakWorld(pair: PairName): Promise<SoakWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'jamie-soak-'));
  const backend = await startDemoBackend();
  await createBroken(backend);
  const slack = await startSlackOfReplicas();
  const model = await startOllamaDouble({ clock: systemClock });
  const servers = pair === 'full' ? await startServers() : undefined;
  const proxies = [0, 1].map(() => new ApiProxy({ url: `http://127.0.0.1:${backend.port}` }));
  const urls = await Promise.all(proxies.map((proxy) => proxy.start()));
  const replicas = createReplicas({
    ...{ directory, slack, backend },
    apiPorts: urls.map((url) => Number(new URL(url).port)),
    environment: { OLLAMA_HOST: model.host, ...MODEL, ...environmentOf(servers, directory) },
  });
  const records: RecordsPlace =
    servers === undefined
      ? { kind: 'sqlite', directory: join(directory, 'data') }
      : { kind: 'mongodb', url: servers.mongodb.url, name: DATABASE };
  for (const replica of replicas) replica.start();
  await until(() => slack.hub.connectionCount >= replicas.length);
  return {
    ...{ pair, directory, backend, slack, model, proxies, replicas, servers, records },
    async end() {
      for (const replica of replicas) replica.thaw();
      await Promise.all(replicas.map((replica) => replica.stop()));
      await Promise.all(proxies.map((proxy) => Promise.race([proxy.stop(), sleep(5_000)])));
      await slack.stop();
      await model.close();
      await servers?.redis.stop();
      await servers?.mongodb.stop();
      await backend.stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function startServers(): Promise<SoakServers> {
  const [redis, mongodb] = await Promise.all([
    startRedis(),
    startMongodbDouble({ transactionLifetimeMs: TRANSACTION_LIFETIME_MS }),
  ]);
  return { redis, mongodb };
}

/** Processes that share their records sign with one key. */
function environmentOf(
  servers: SoakServers | undefined,
  directory: string,
): Readonly<Record<string, string>> {
  if (servers === undefined) return {};
  const path = join(directory, 'key.pem');
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return {
    MONGODB_URL: servers.mongodb.url,
    MONGODB_DATABASE: DATABASE,
    REDIS_URL: servers.redis.url,
    SIGNING_KEY_FILE: path,
  };
}

async function createBroken({ administer, namespace }: Backend): Promise<void> {
  const broken = structuredClone(deployment(BROKEN, 1));
  const [container] = broken.spec.template.spec.containers;
  if (container !== undefined) container.image = MISSING_IMAGE;
  const { status, text } = await administer(
    'POST',
    `/apis/apps/v1/namespaces/${namespace}/deployments`,
    broken,
  );
  if (status >= 300) throw new Error(`${BROKEN} could not be made: ${status} ${text}`);
}
