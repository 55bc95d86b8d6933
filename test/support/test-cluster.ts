import { setTimeout as sleep } from 'node:timers/promises';

/** A Deployment as tests look at it. */
export interface DeploymentState {
  readonly replicas: number;
  readonly readyReplicas: number;
  /** Grows by one with each change of the spec; 1 after creation. */
  readonly generation: number;
  readonly resourceVersion: string;
  readonly containerEnvironment: readonly unknown[];
  readonly restartedAt: string | undefined;
}

/** A write that somebody was let through with: no dry run, no refusal. */
export interface Effect {
  readonly verb: string;
  readonly subresource?: string;
  readonly impersonatedUser?: string;
}

export interface AdministratorCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** Sends one request as the administrator; rejects unless it is answered with success. */
export type Administrator = (call: AdministratorCall) => Promise<unknown>;

/** A cluster that the whole program works on while the test looks and interferes as its administrator. */
export interface TestCluster {
  /** The product's own kubeconfig; its context is `test`. */
  readonly kubeconfigPath: string;
  readonly namespace: string;
  readonly administrator: Administrator;
  /** Every write to this Deployment or its scale that came from the product and had an effect, oldest first. */
  effectsOn(deployment: string): readonly Effect[];
}

const MERGE = 'application/merge-patch+json';
const READY_WITHIN_MS = 30_000;
const POLL_MS = 50;

/** What an administrator does to Deployments in the namespace of a test. */
export class Deployments {
  readonly #cluster: TestCluster;

  constructor(cluster: TestCluster) {
    this.#cluster = cluster;
  }

  /** Creates one and waits until its pods are ready. With `settings`, its pods need a ConfigMap of that name. */
  async create(name: string, replicas: number, settings?: string): Promise<void> {
    const { administrator, namespace } = this.#cluster;
    if (settings !== undefined) {
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      const body = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: settings },
        data: { LEVEL: 'info' },
      };
      await administrator({ method: 'POST', path, body });
    }
    await administrator({ method: 'POST', path: this.#path(), body: manifest(name, replicas, settings) });
    await this.until(name, (state) => state.readyReplicas === replicas);
  }

  async read(name: string): Promise<DeploymentState> {
    const object = (await this.#cluster.administrator({
      method: 'GET',
      path: this.#path(name),
    })) as RawDeployment;
    const { metadata, spec, status } = object;
    return {
      replicas: spec.replicas,
      readyReplicas: status?.readyReplicas ?? 0,
      generation: metadata.generation,
      resourceVersion: metadata.resourceVersion,
      containerEnvironment: spec.template.spec.containers[0]?.env ?? [],
      restartedAt: spec.template.metadata.annotations?.['kubectl.kubernetes.io/restartedAt'],
    };
  }

  async patch(name: string, body: unknown): Promise<void> {
    await this.#cluster.administrator({ method: 'PATCH', path: this.#path(name), body, contentType: MERGE });
  }

  async removeConfigMap(name: string): Promise<void> {
    const path = `/api/v1/namespaces/${this.#cluster.namespace}/configmaps/${name}`;
    await this.#cluster.administrator({ method: 'DELETE', path });
  }

  /** Deletes a pod, and waits until the Deployment has as many ready ones again; returns its state then. */
  async flap(name: string): Promise<DeploymentState> {
    const { administrator, namespace } = this.#cluster;
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    const before = await this.read(name);
    const list = (await administrator({
      method: 'GET',
      path: `${pods}?labelSelector=app%3D${name}`,
    })) as RawList;
    await administrator({ method: 'DELETE', path: `${pods}/${list.items[0]?.metadata.name}` });
    return this.until(
      name,
      (state) =>
        state.resourceVersion !== before.resourceVersion && state.readyReplicas === before.readyReplicas,
    );
  }

  async until(name: string, isSo: (state: DeploymentState) => boolean): Promise<DeploymentState> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const state = await this.read(name);
      if (isSo(state)) return state;
      if (Date.now() > deadline) throw new Error(`Deployment ${name} stayed ${JSON.stringify(state)}`);
      await sleep(POLL_MS);
    }
  }

  #path(name?: string): string {
    const collection = `/apis/apps/v1/namespaces/${this.#cluster.namespace}/deployments`;
    return name === undefined ? collection : `${collection}/${name}`;
  }
}

interface RawList {
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

interface RawDeployment {
  readonly metadata: { readonly generation: number; readonly resourceVersion: string };
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
      readonly spec: { readonly containers: readonly { readonly env?: readonly unknown[] }[] };
    };
  };
  readonly status?: { readonly readyReplicas?: number };
}

function manifest(name: string, replicas: number, settings: string | undefined): unknown {
  const labels = { app: name };
  const container = {
    name: 'web',
    image: 'registry.example/shop/web:1.0.0',
    resources: { requests: { cpu: '1m', memory: '1Mi' } },
    ...(settings !== undefined && { envFrom: [{ configMapRef: { name: settings } }] }),
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}
