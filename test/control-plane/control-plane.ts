import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ApiClient, createApiClient } from './api-client.ts';
import { type Assets, obtainAssets } from './assets.ts';
import { type AuditedRequest, AuditLogReader } from './audit-log.ts';
import { ConfigMapGate } from './config-map-gate.ts';
import { createTokens, formatKubeconfig, USERS, type UserName } from './credentials.ts';
import { findFreePorts } from './free-ports.ts';
import { simulatedNode } from './node-stages.ts';
import { Processes } from './processes.ts';
import { startApiServer, startControllers, startEtcd, startKubelets, writeKeys } from './programs.ts';
import { appendToLog } from './simulator-configuration.ts';

const MANIFESTS = fileURLToPath(new URL('./manifests/', import.meta.url));
const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;

export interface ControlPlaneOptions {
  /** Where it keeps everything. Default: a fresh temporary directory, removed by stop(). */
  readonly directory?: string;
  /** How many simulated nodes of 16 CPUs and 64 GiB. Default: 2. */
  readonly nodes?: number;
  /** More flags for kube-apiserver. */
  readonly apiServerFlags?: readonly string[];
}

/** A real Kubernetes control plane on loopback, with simulated nodes. */
export interface ControlPlane {
  readonly url: string;
  /** PEM. */
  readonly caData: string;
  /** Path of the kubeconfig of `jamie`, the identity that the product uses; its one context is `test`. */
  readonly kubeconfigPath: string;
  /** Path of the kubeconfig of the administrator. */
  readonly adminKubeconfigPath: string;
  /** Bearer tokens by user: jamie, alice, bob (both in payments-operators), carol, administrator … */
  readonly userTokens: Readonly<Record<UserName, string>>;
  /** Plain HTTPS as one of the users; the administrator by default. */
  api(user?: UserName): ApiClient;
  /** Everything that the API server answered so far, but for the control plane's own traffic. */
  auditLog(): readonly AuditedRequest[];
  /** Adds a line to the log of every container that has no log of its own in `logs/`. */
  writeLog(line: string): Promise<void>;
  /** Runs kubectl as the administrator and returns what it printed; throws with its error output. */
  kubectl(args: readonly string[], stdin?: string): Promise<string>;
  /** The process id of a part, for example `kube-apiserver`, for tests that stop or kill it. */
  pid(program: 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kwok'): number;
  /** Kills the API server and starts it again on the same port; resolves when it is ready. */
  restartApiServer(): Promise<void>;
  /** Ends all processes and removes the directory. */
  stop(): Promise<void>;
}

/** Starts a control plane of its own: about six seconds. Any number run side by side. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const assets = obtainAssets();
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'jamie-control-plane-'));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const processes = new Processes(directory);
  try {
    return await start(assets, directory, processes, options);
  } catch (error) {
    await processes.stop();
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

async function start(
  assets: Assets,
  directory: string,
  processes: Processes,
  { nodes = 2, apiServerFlags = [] }: ControlPlaneOptions,
): Promise<ControlPlane> {
  const [apiPort = 0, etcdPort = 0, peerPort = 0, managerPort = 0, kubeletPort = 0] = await findFreePorts(5);
  const url = `https://127.0.0.1:${apiPort}`;
  const tokens = createTokens();
  writeKeys(directory, tokens);
  const home = { assets, directory, processes };
  startEtcd(home, etcdPort, peerPort);
  startApiServer(home, apiPort, etcdPort, apiServerFlags);

  const caData = await serverCertificate(directory, processes);
  const server = { url, caData };
  for (const user of Object.keys(USERS) as UserName[]) {
    writeFileSync(join(directory, `${user}.kubeconfig`), formatKubeconfig(server, tokens[user]), {
      mode: 0o600,
    });
  }
  const api = (user: UserName = 'administrator') => createApiClient(server, tokens[user]);
  const kubectl = (args: readonly string[], stdin?: string) =>
    runKubectl(assets.kubectl, directory, args, stdin);
  await untilAnswers(api(), '/readyz', (text) => text === 'ok', processes);

  startControllers(home, managerPort);
  startKubelets(home, kubeletPort);
  await kubectl(['apply', '--server-side', '-f', join(MANIFESTS, 'access.yaml')]);
  const list = Array.from({ length: nodes }, (_, index) =>
    JSON.stringify(simulatedNode(`node-${index + 1}`)),
  );
  await kubectl(['create', '-f', '-'], list.join('\n---\n'));
  await untilAnswers(api(), '/api/v1/nodes', (text) => countReady(text) === nodes, processes);
  await untilAnswers(api(), '/api/v1/namespaces/default/serviceaccounts/default', () => true, processes);

  const failures: unknown[] = [];
  const gate = new ConfigMapGate(api('kubelet'), (error) => failures.push(error));
  gate.start();
  const auditLog = new AuditLogReader(join(directory, 'audit.log'));
  return {
    url,
    caData,
    kubeconfigPath: join(directory, 'jamie.kubeconfig'),
    adminKubeconfigPath: join(directory, 'administrator.kubeconfig'),
    userTokens: tokens,
    api,
    auditLog: () => auditLog.read(),
    writeLog: (line) => appendToLog(directory, line),
    kubectl,
    pid: (program) => processes.pid(program),
    async restartApiServer() {
      await processes.restart('kube-apiserver');
      await untilAnswers(api(), '/readyz', (text) => text === 'ok', processes);
    },
    async stop() {
      gate.stop();
      await processes.stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The certificate that the API server made for itself, its authority included. */
async function serverCertificate(directory: string, processes: Processes): Promise<string> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    processes.assertRunning();
    try {
      const certificate = readFileSync(join(directory, 'apiserver.crt'), 'utf8');
      if (certificate.trimEnd().split('END CERTIFICATE').length > 2) return certificate;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`kube-apiserver wrote no certificate within ${READY_WITHIN_MS} ms`);
}

async function untilAnswers(
  api: ApiClient,
  path: string,
  isGood: (text: string) => boolean,
  processes: Processes,
): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let last: unknown;
  while (Date.now() < deadline) {
    processes.assertRunning();
    try {
      const answer = await api({ method: 'GET', path, timeoutMs: 2_000 });
      if (answer.status === 200 && isGood(answer.text)) return;
      last = answer;
    } catch (error) {
      last = error;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`the test control plane did not get ready: ${path} in ${READY_WITHIN_MS} ms`, {
    cause: last,
  });
}

function countReady(text: string): number {
  type NodeObject = { status?: { conditions?: { type: string; status: string }[] } };
  const { items } = JSON.parse(text) as { items: readonly NodeObject[] };
  const isReady = (node: NodeObject) =>
    node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  return items.filter(isReady).length;
}

async function runKubectl(
  program: string,
  directory: string,
  args: readonly string[],
  stdin: string | undefined,
): Promise<string> {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: directory,
      KUBECONFIG: join(directory, 'administrator.kubeconfig'),
    },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  child.stdin.on('error', () => child.kill());
  child.stdin.end(stdin ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${output.stderr.trim()}`);
  return output.stdout;
}
