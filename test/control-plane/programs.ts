import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assets } from './assets.ts';
import { formatTokenFile, type UserName } from './credentials.ts';
import type { Processes } from './processes.ts';
import { writeSimulatorConfiguration } from './simulator-configuration.ts';

const AUDIT_POLICY = fileURLToPath(new URL('./manifests/audit-policy.yaml', import.meta.url));

/** What every part of one control plane shares. */
interface Home {
  readonly assets: Assets;
  readonly directory: string;
  readonly processes: Processes;
}

/** Writes the key of service account tokens and the file of the users' tokens. */
export function writeKeys(directory: string, tokens: Readonly<Record<UserName, string>>): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSync(join(directory, 'service-accounts.key'), privateKey, { mode: 0o600 });
  writeFileSync(join(directory, 'service-accounts.pub'), publicKey);
  writeFileSync(join(directory, 'tokens.csv'), formatTokenFile(tokens), { mode: 0o600 });
}

/** The store: nothing is synced to disk, because nothing is to outlive the run. */
export function startEtcd({ assets, directory, processes }: Home, port: number, peerPort: number): void {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  processes.start('etcd', assets.etcd, [
    '--name=test',
    `--data-dir=${join(directory, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=test=${peer}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ]);
}

/** The API server, which makes its own certificate and writes the audit log. */
export function startApiServer(
  { assets, directory, processes }: Home,
  port: number,
  etcdPort: number,
  flags: readonly string[],
): void {
  processes.start('kube-apiserver', assets['kube-apiserver'], [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    // Without a certificate it makes one with its own authority and keeps both here.
    `--cert-dir=${directory}`,
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.96.0.0/16',
    `--token-auth-file=${join(directory, 'tokens.csv')}`,
    '--authorization-mode=Node,RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(directory, 'service-accounts.pub')}`,
    `--service-account-signing-key-file=${join(directory, 'service-accounts.key')}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--audit-policy-file=${AUDIT_POLICY}`,
    `--audit-log-path=${join(directory, 'audit.log')}`,
    '--event-ttl=1h',
    ...flags,
  ]);
}

/** By default they make 20 to 50 calls a second, so that thousands of pods would take a quarter of an hour. */
const UNTHROTTLED = ['--kube-api-qps=300', '--kube-api-burst=600'];

/** The controllers and the scheduler. */
export function startControllers({ assets, directory, processes }: Home, port: number): void {
  processes.start('kube-controller-manager', assets['kube-controller-manager'], [
    `--kubeconfig=${join(directory, 'system:kube-controller-manager.kubeconfig')}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${join(directory, 'controller-manager')}`,
    '--leader-elect=false',
    '--use-service-account-credentials=true',
    `--service-account-private-key-file=${join(directory, 'service-accounts.key')}`,
    `--root-ca-file=${join(directory, 'apiserver.crt')}`,
    '--allocate-node-cidrs=false',
    '--node-monitor-period=2s',
    '--node-monitor-grace-period=12s',
    ...UNTHROTTLED,
  ]);
  processes.start('kube-scheduler', assets['kube-scheduler'], [
    `--kubeconfig=${join(directory, 'system:kube-scheduler.kubeconfig')}`,
    '--leader-elect=false',
    '--secure-port=0',
    ...UNTHROTTLED,
  ]);
}

/** The simulated kubelets of all nodes. */
export function startKubelets({ assets, directory, processes }: Home, port: number): void {
  processes.start('kwok', assets.kwok, [
    `--kubeconfig=${join(directory, 'kubelet.kubeconfig')}`,
    `--config=${writeSimulatorConfiguration(directory)}`,
    '--manage-all-nodes=true',
    '--cidr=10.244.0.0/16',
    '--node-ip=127.0.0.1',
    '--node-name=localhost',
    `--node-port=${port}`,
    `--server-address=127.0.0.1:${port}`,
    `--tls-cert-file=${join(directory, 'apiserver.crt')}`,
    `--tls-private-key-file=${join(directory, 'apiserver.key')}`,
    '--node-lease-duration-seconds=10',
  ]);
}
