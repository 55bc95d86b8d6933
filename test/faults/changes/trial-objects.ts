import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from '../backends/backend.ts';
import { deployment } from '../backends/deployments.ts';

const COLLECTIONS = {
  deployments: '/apis/apps/v1/namespaces/NS/deployments',
  configmaps: '/api/v1/namespaces/NS/configmaps',
  pods: '/api/v1/namespaces/NS/pods',
  nodes: '/api/v1/nodes',
  cronjobs: '/apis/batch/v1/namespaces/NS/cronjobs',
  jobs: '/apis/batch/v1/namespaces/NS/jobs',
  poddisruptionbudgets: '/apis/policy/v1/namespaces/NS/poddisruptionbudgets',
} as const;
type Collection = keyof typeof COLLECTIONS;

const READY_WITHIN_MS = 120_000;
const POLL_MS = 150;

interface PodList {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string;
      readonly uid: string;
      readonly deletionTimestamp?: string;
    };
    readonly status: { readonly phase: string };
  }[];
}

interface Named {
  readonly metadata: { readonly name: string };
}

/** The objects of one trial, made and read by the administrator. */
export type TrialObjects = ReturnType<typeof trialObjects>;

export function trialObjects(backend: Backend) {
  const made: [Collection, string][] = [];
  const pathOf = (collection: Collection, name = '', query = '') =>
    `${COLLECTIONS[collection].replace('NS', backend.namespace)}${name && `/${name}`}${query}`;
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await backend.administer(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.text;
  };
  const list = async <Objects>(collection: Collection, query = '') =>
    JSON.parse(await send('GET', pathOf(collection, '', query))) as Objects;
  const objects = {
    async create(collection: Collection, object: Named): Promise<void> {
      made.push([collection, object.metadata.name]);
      await send('POST', pathOf(collection), object);
    },
    /** Something that the program under test will make, and that is to be removed with the rest. */
    expect(collection: Collection, name: string): void {
      made.push([collection, name]);
    },
    async change(collection: Collection, name: string, patch: unknown): Promise<void> {
      await send('PATCH', pathOf(collection, name), patch);
    },
    /** Gone when it resolves: nothing holds it back. */
    async removeNow(collection: Collection, name: string): Promise<void> {
      await send('DELETE', pathOf(collection, name, '?propagationPolicy=Background'));
    },
    async read<Kind>(collection: Collection, name: string): Promise<Kind> {
      return JSON.parse(await send('GET', pathOf(collection, name))) as Kind;
    },
    list,
    /** A Deployment whose pods are all ready. */
    async deploy(name: string, replicas: number, podSpec: object = {}): Promise<void> {
      await objects.create('deployments', deployment(name, replicas, podSpec));
      const deadline = performance.now() + READY_WITHIN_MS;
      while ((await backend.readDeployment(name)).readyReplicas !== replicas) {
        if (performance.now() > deadline) throw new Error(`Deployment ${name} does not become ready`);
        await sleep(POLL_MS);
      }
    },
    /** Those that are not on their way out. */
    async podsOf(app: string): Promise<readonly { readonly name: string; readonly uid: string }[]> {
      const { items } = await list<PodList>('pods', `?labelSelector=app%3D${app}`);
      return items
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ metadata: { name, uid } }) => ({ name, uid }));
    },
    /** Where no kubelet ends a container by itself: the running pods with this label end well. */
    async endPods(label: string): Promise<void> {
      const { items } = await list<PodList>('pods', `?labelSelector=${encodeURIComponent(label)}`);
      const running = items.filter(({ status }) => status.phase === 'Running');
      await Promise.all(running.map(({ metadata }) => backend.endPod(metadata.name)));
    },
    async remove(): Promise<void> {
      for (const [collection, name] of made)
        await backend.administer('DELETE', pathOf(collection, name, '?propagationPolicy=Background'));
    },
  };
  return objects;
}
