import type { ApiClient } from './api-client.ts';

interface Reference {
  readonly kind: 'configmap' | 'secret';
  readonly name: string;
  readonly via: 'env' | 'volume';
}

interface PodObject {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly {
      readonly name: string;
      readonly image: string;
      readonly envFrom?: readonly {
        readonly configMapRef?: OptionalName;
        readonly secretRef?: OptionalName;
      }[];
      readonly env?: readonly {
        readonly valueFrom?: {
          readonly configMapKeyRef?: OptionalName;
          readonly secretKeyRef?: OptionalName;
        };
      }[];
    }[];
    readonly volumes?: readonly { readonly configMap?: OptionalName }[];
  };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly unknown[];
  };
}

interface OptionalName {
  readonly name?: string;
  readonly optional?: boolean;
}

const INTERVAL_MS = 300;
const MERGE = { 'content-type': 'application/merge-patch+json' };

/**
 * The one thing that the simulated kubelet cannot see by itself: whether the ConfigMaps and Secrets that a pod needs exist. Looks
 * at pending pods a few times a second; lets those start whose ConfigMaps are there, and says of the others what a
 * kubelet says: CreateContainerConfigError for the environment, FailedMount for a volume.
 */
export class ConfigMapGate {
  readonly #api: ApiClient;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(api: ApiClient, onError: (error: unknown) => void) {
    this.#api = api;
    this.#onError = onError;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#look()
        .catch((error: unknown) => {
          if (!this.#isStopped) this.#onError(error);
        })
        .finally(() => {
          if (!this.#isStopped) this.start();
        });
    }, INTERVAL_MS).unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const answer = await this.#api({
      method: 'GET',
      path: '/api/v1/pods?fieldSelector=status.phase%3DPending',
    });
    if (answer.status !== 200) return;
    const { items } = JSON.parse(answer.text) as { items: readonly PodObject[] };
    for (const pod of items) {
      const references = requiredConfiguration(pod);
      if (pod.spec.nodeName === undefined || references.length === 0 || mayStart(pod)) continue;
      const missing = await this.#firstMissing(pod, references);
      if (missing === undefined) await this.#letStart(pod);
      else if (pod.status?.containerStatuses === undefined) await this.#hold(pod, missing);
    }
  }

  async #firstMissing(pod: PodObject, references: readonly Reference[]): Promise<Reference | undefined> {
    for (const reference of references) {
      const path = `/api/v1/namespaces/${pod.metadata.namespace}/${reference.kind}s/${reference.name}`;
      if ((await this.#api({ method: 'GET', path })).status === 404) return reference;
    }
    return undefined;
  }

  async #letStart(pod: PodObject): Promise<void> {
    await this.#patchStatus(pod, {
      conditions: [...kept(pod), condition('PodReadyToStartContainers', 'True')],
    });
  }

  async #hold(pod: PodObject, missing: Reference): Promise<void> {
    const sentence = `${missing.kind} "${missing.name}" not found`;
    const isEnvironment = missing.via === 'env';
    const state = isEnvironment
      ? { waiting: { reason: 'CreateContainerConfigError', message: sentence } }
      : { waiting: { reason: 'ContainerCreating' } };
    const unready = { reason: 'ContainersNotReady', message: 'containers with unready status' };
    await this.#patchStatus(pod, {
      conditions: [
        ...kept(pod),
        condition('Initialized', 'True'),
        { ...condition('Ready', 'False'), ...unready },
        { ...condition('ContainersReady', 'False'), ...unready },
      ],
      startTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      containerStatuses: pod.spec.containers.map(({ name, image }) => ({
        name,
        image,
        imageID: '',
        ready: false,
        started: false,
        restartCount: 0,
        state,
      })),
    });
    await this.#recordEvent(
      pod,
      isEnvironment
        ? { reason: 'Failed', message: `Error: ${sentence}` }
        : { reason: 'FailedMount', message: `MountVolume.SetUp failed for volume "config" : ${sentence}` },
    );
  }

  async #patchStatus(pod: PodObject, status: unknown): Promise<void> {
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/status`;
    await this.#api({ method: 'PATCH', path, headers: MERGE, body: { status } });
  }

  async #recordEvent(pod: PodObject, event: { reason: string; message: string }): Promise<void> {
    const { name, namespace, uid } = pod.metadata;
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    await this.#api({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/events`,
      body: {
        metadata: { generateName: `${name}.`, namespace },
        involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid },
        type: 'Warning',
        ...event,
        count: 1,
        firstTimestamp: now,
        lastTimestamp: now,
        source: { component: 'kubelet' },
      },
    });
  }
}

/** The ConfigMaps and Secrets that a pod cannot start without. Secrets in volumes are left out: every pod has a token. */
function requiredConfiguration(pod: PodObject): readonly Reference[] {
  const sources = pod.spec.containers.flatMap(({ envFrom = [] }) => envFrom);
  const values = pod.spec.containers.flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom));
  const maps = [
    ...sources.map(({ configMapRef }) => configMapRef),
    ...values.map((from) => from?.configMapKeyRef),
  ];
  const secrets = [...sources.map(({ secretRef }) => secretRef), ...values.map((from) => from?.secretKeyRef)];
  const volumes = (pod.spec.volumes ?? []).map((volume) => volume.configMap);
  return [
    ...toReferences(maps, 'configmap', 'env'),
    ...toReferences(secrets, 'secret', 'env'),
    ...toReferences(volumes, 'configmap', 'volume'),
  ];
}

function toReferences(
  sources: readonly (OptionalName | undefined)[],
  kind: Reference['kind'],
  via: Reference['via'],
): readonly Reference[] {
  return sources.flatMap((source) =>
    source?.name === undefined || source.optional === true ? [] : [{ kind, name: source.name, via }],
  );
}

function mayStart(pod: PodObject): boolean {
  const conditions = pod.status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'PodReadyToStartContainers' && status === 'True');
}

/** A merge patch replaces the whole list: what the scheduler wrote has to be said again. */
function kept(pod: PodObject): readonly unknown[] {
  return (pod.status?.conditions ?? []).filter(({ type }) => type === 'PodScheduled');
}

function condition(type: string, status: 'True' | 'False'): Readonly<Record<string, string>> {
  return { type, status, lastTransitionTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z') };
}
