import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { isEffect } from '../control-plane/audit-log.ts';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { applySeed, createTestNamespace, seedFiles, waitFor } from '../control-plane/test-namespace.ts';

interface PodStatus {
  readonly phase: string;
  readonly conditions?: readonly { type: string; status: string; reason?: string; message?: string }[];
  readonly containerStatuses?: readonly {
    readonly ready: boolean;
    readonly restartCount: number;
    readonly state: { waiting?: { reason: string; message?: string }; running?: object };
    readonly lastState?: { terminated?: { reason: string; exitCode: number } };
  }[];
}

describeOnControlPlane(
  'the control plane of the tests',
  (controlPlane) => {
    async function pods(namespace: string, app: string): Promise<readonly PodStatus[]> {
      const text = await controlPlane().kubectl([
        'get',
        'pods',
        '-n',
        namespace,
        '-l',
        `app=${app}`,
        '-o',
        'json',
      ]);
      return (JSON.parse(text) as { items: readonly { status: PodStatus }[] }).items.map((pod) => pod.status);
    }
    const waitingReason = (pod: PodStatus) => pod.containerStatuses?.[0]?.state.waiting?.reason;
    const isReady = (pod: PodStatus) => pod.containerStatuses?.[0]?.ready === true;

    it('shows each seeded fault as a real cluster does, beside healthy neighbours', async () => {
      const namespace = await createTestNamespace(controlPlane());
      await applySeed(controlPlane(), namespace);
      const until = (app: string, isWanted: (pod: PodStatus) => boolean, count = 2) =>
        waitFor(
          () => pods(namespace, app),
          (found) => found.length === count && found.every(isWanted),
        );

      await until('storefront', isReady, 3);
      await until('sessions', isReady);
      const [crashing] = await until('checkout', (pod) => waitingReason(pod) === 'CrashLoopBackOff');
      expect(crashing?.containerStatuses?.[0]?.lastState?.terminated).toMatchObject({
        reason: 'Error',
        exitCode: 1,
      });
      const [killed] = await until('recommendations', (pod) => waitingReason(pod) === 'CrashLoopBackOff');
      expect(killed?.containerStatuses?.[0]?.lastState?.terminated).toMatchObject({
        reason: 'OOMKilled',
        exitCode: 137,
      });
      await until('invoices', (pod) => waitingReason(pod) === 'ImagePullBackOff');
      const [held] = await until('mailer', (pod) => waitingReason(pod) === 'CreateContainerConfigError');
      expect(held?.containerStatuses?.[0]?.state.waiting?.message).toBe(
        'configmap "mailer-settings" not found',
      );
      const [unbound] = await until('reports', (pod) => (pod.conditions?.length ?? 0) > 0, 1);
      expect(unbound?.conditions?.[0]).toMatchObject({
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
      });
      await until('search', (pod) => pod.phase === 'Running' && !isReady(pod));
      await until('catalogue', isReady);
      await until('imports', isReady);

      const condition = (app: string, type: string) =>
        controlPlane().kubectl([
          'get',
          `deployment/${app}`,
          `--namespace=${namespace}`,
          `--output=jsonpath={.status.conditions[?(@.type=="${type}")].reason}`,
        ]);
      await waitFor(
        () => condition('payments', 'Progressing'),
        (reason) => reason === 'ProgressDeadlineExceeded',
      );
      expect(await condition('imports', 'ReplicaFailure')).toBe('FailedCreate');
    });

    it('heals a pod when its cause goes: the ConfigMap appears, the limit rises', async () => {
      const namespace = await createTestNamespace(controlPlane());
      await applySeed(controlPlane(), namespace, ['missing-config-map', 'out-of-memory']);
      const inNamespace = `--namespace=${namespace}`;
      await waitFor(
        () => pods(namespace, 'mailer'),
        (found) => found.some((pod) => waitingReason(pod) === 'CreateContainerConfigError'),
      );
      await controlPlane().kubectl([
        'create',
        'configmap',
        'mailer-settings',
        '--from-literal=A=1',
        inNamespace,
      ]);
      await controlPlane().kubectl([
        'set',
        'resources',
        'deployment/recommendations',
        '--limits=memory=256Mi',
        inNamespace,
      ]);
      await controlPlane().kubectl(['rollout', 'status', 'deployment/mailer', inNamespace, '--timeout=30s']);
      await controlPlane().kubectl([
        'rollout',
        'status',
        'deployment/recommendations',
        inNamespace,
        '--timeout=30s',
      ]);
      expect((await pods(namespace, 'mailer')).every(isReady)).toBe(true);
    });

    it('serves the log of a crashed container and of the one before', async () => {
      const namespace = await createTestNamespace(controlPlane());
      await applySeed(controlPlane(), namespace, ['crash-loop']);
      await waitFor(
        () => pods(namespace, 'checkout'),
        (found) => found.length === 2 && found.every((pod) => waitingReason(pod) === 'CrashLoopBackOff'),
      );
      const log = (...more: string[]) =>
        controlPlane().kubectl(['logs', 'deployment/checkout', `--namespace=${namespace}`, ...more]);
      expect(await log()).toContain('connecting to the database');
      expect(await log('--previous')).toContain('lookup orders-db: no such host');
    });

    it('lets jamie read and impersonate the team, and write nothing', async () => {
      const namespace = await createTestNamespace(controlPlane());
      await applySeed(controlPlane(), namespace, ['healthy']);
      const scale = `/apis/apps/v1/namespaces/${namespace}/deployments/storefront/scale`;
      const patch = {
        method: 'PATCH',
        path: scale,
        headers: { 'content-type': 'application/json-patch+json' },
        body: [{ op: 'replace', path: '/spec/replicas', value: 4 }],
      };
      const asBob = {
        ...patch.headers,
        'impersonate-user': 'bob',
        'impersonate-group': 'payments-operators',
      };
      const asRoot = { ...patch.headers, 'impersonate-user': 'root' };
      const jamie = controlPlane().api('jamie');
      expect((await jamie({ method: 'GET', path: scale })).status).toBe(200);
      expect((await jamie({ method: 'GET', path: `/api/v1/namespaces/${namespace}/secrets` })).status).toBe(
        403,
      );
      expect((await jamie(patch)).status).toBe(403);
      expect((await jamie({ ...patch, headers: asRoot })).status).toBe(403);
      expect((await jamie({ ...patch, path: `${scale}?dryRun=All`, headers: asBob })).status).toBe(200);
      expect((await jamie({ ...patch, headers: asBob })).status).toBe(200);
      expect((await controlPlane().api('carol')({ method: 'GET', path: scale })).status).toBe(403);

      const audited = controlPlane()
        .auditLog()
        .filter((entry) => entry.user === 'jamie' && entry.namespace === namespace && entry.verb === 'patch');
      expect(
        audited.map(({ code, isDryRun, impersonatedUser }) => ({ code, isDryRun, impersonatedUser })),
      ).toEqual([
        { code: 403, isDryRun: false, impersonatedUser: undefined },
        { code: 403, isDryRun: false, impersonatedUser: undefined },
        { code: 200, isDryRun: true, impersonatedUser: 'bob' },
        { code: 200, isDryRun: false, impersonatedUser: 'bob' },
      ]);
      expect(audited.filter(isEffect)).toHaveLength(1);
      expect(audited.find(isEffect)).toMatchObject({
        resource: 'deployments',
        subresource: 'scale',
        name: 'storefront',
      });
    });

    it('dies with the process that started it', async () => {
      const script = fileURLToPath(new URL('../control-plane/start.entry.ts', import.meta.url));
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const lines = createInterface({ input: child.stdout });
      const [line] = (await once(lines, 'line')) as [string];
      const { pids } = JSON.parse(line) as { pids: readonly number[] };
      expect(pids.every(isAlive)).toBe(true);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await waitFor(
        async () => pids.filter(isAlive),
        (alive) => alive.length === 0,
      );
    }, 60_000);
  },
  { nodes: 2 },
);

describe('the seed', () => {
  it('has a manifest for each fault family', () => {
    expect(seedFiles()).toEqual([
      'bad-image',
      'crash-loop',
      'failing-probe',
      'healthy',
      'missing-config-map',
      'no-endpoints',
      'out-of-memory',
      'quota-exceeded',
      'stuck-rollout',
      'unschedulable',
    ]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
