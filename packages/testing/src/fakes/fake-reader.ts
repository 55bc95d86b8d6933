import {
  type AccessAnswer,
  type AccessQuery,
  type ClusterReader,
  type ClusterSnapshot,
  formatObjectRef,
  type Kind,
  type KubeObject,
  type KubernetesIdentity,
  type ListQuery,
  type LogQuery,
  type ObjectRef,
  OpsError,
  type UsageSample,
} from '@jamie/core';
import { checkLogBounds, type FakeLog } from './fake-log.ts';
import { selectorOf } from './select-objects.ts';

/** A read that was answered or refused, as an API server's audit log would hold it. */
export interface FakeRead {
  readonly verb: string;
  readonly path: string;
  readonly user?: string;
}

/** What the cluster measures; undefined where nothing measures. */
export interface FakeUsage {
  readonly pods: readonly UsageSample[];
  readonly nodes: readonly UsageSample[];
}

/** What the reader reads from. */
export interface FakeReads {
  readonly objects: () => readonly KubeObject[];
  readonly snapshot: ClusterSnapshot;
  readonly denied: ReadonlySet<string>;
  readonly blind: ReadonlySet<string>;
  readonly containerLog: FakeLog;
  readonly previousContainerLog: FakeLog | undefined;
  readonly usage: FakeUsage | undefined;
  readonly reads: FakeRead[];
  beforeRead(): void;
  mayAccess(identity: KubernetesIdentity, query: AccessQuery): boolean;
}

const NAME = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;

/** Reads a FakeCluster. Every read counts, checks names and identities, and may be refused. */
export class FakeReader implements ClusterReader {
  readonly #world: FakeReads;

  constructor(world: FakeReads) {
    this.#world = world;
  }

  async get(ref: ObjectRef, as?: KubernetesIdentity): Promise<KubeObject> {
    const found = await this.find(ref, as);
    if (found !== undefined) return found;
    const userMessage = `${formatObjectRef(ref)} was not found.`;
    throw new OpsError('not_found', 'no such object', { userMessage });
  }

  async find(ref: ObjectRef, as?: KubernetesIdentity): Promise<KubeObject | undefined> {
    checkName(ref.name);
    this.#enter('get', formatObjectRef(ref), as);
    return this.#world
      .objects()
      .find(
        ({ kind, metadata }) =>
          kind === ref.kind &&
          metadata.name === ref.name &&
          (metadata.namespace ?? '') === (ref.namespace ?? ''),
      );
  }

  async list(kind: Kind, query: ListQuery = {}, as?: KubernetesIdentity): Promise<readonly KubeObject[]> {
    this.#enter('list', `${kind}/${query.namespace ?? ''}`, as);
    const isSelected = selectorOf(query);
    return this.#world.objects().filter((object) => object.kind === kind && isSelected(object));
  }

  async readLog(query: LogQuery, as?: KubernetesIdentity): Promise<string> {
    return this.#openLog(query, as).read(query);
  }

  async readUsage(
    of: 'pods' | 'nodes',
    namespace?: string,
    as?: KubernetesIdentity,
  ): Promise<readonly UsageSample[]> {
    this.#enter('list', `usage/${of}/${namespace ?? ''}`, as);
    const { usage } = this.#world;
    if (usage === undefined) {
      throw new OpsError('unavailable', 'the cluster serves no metrics.k8s.io', {
        retryable: false,
        userMessage: 'This cluster measures no usage: metrics-server is not installed. Install it.',
      });
    }
    if (of === 'nodes') return usage.nodes;
    return usage.pods.filter((sample) => namespace === undefined || sample.namespace === namespace);
  }

  async reviewAccess(identity: KubernetesIdentity, query: AccessQuery): Promise<AccessAnswer> {
    checkIdentity(identity);
    const { denied } = this.#world;
    const allowed = !denied.has(identity.user) && this.#world.mayAccess(identity, query);
    return { allowed, reason: allowed ? '' : 'no rule allows it' };
  }

  async version(): Promise<string> {
    return 'v1.36.3';
  }

  #openLog(query: LogQuery, as: KubernetesIdentity | undefined): FakeLog {
    checkName(query.pod);
    checkLogBounds(query);
    this.#enter('get', `Pod/${query.namespace}/${query.pod}/log`, as);
    if (!this.#hasPod(query)) {
      const userMessage = `pods "${query.pod}" not found`;
      throw new OpsError('not_found', 'no such pod', { userMessage });
    }
    const { containerLog, previousContainerLog } = this.#world;
    return query.previous ? (previousContainerLog ?? containerLog) : containerLog;
  }

  #hasPod({ namespace, pod }: LogQuery): boolean {
    const { snapshot } = this.#world;
    return (
      snapshot.objects.Pod.some((view) => view.name === pod && view.namespace === namespace) ||
      this.#world
        .objects()
        .some(
          ({ kind, metadata }) => kind === 'Pod' && metadata.name === pod && metadata.namespace === namespace,
        )
    );
  }

  #enter(verb: string, path: string, as: KubernetesIdentity | undefined): void {
    if (as !== undefined) checkIdentity(as);
    this.#world.reads.push({ verb, path, ...(as !== undefined && { user: as.user }) });
    this.#world.beforeRead();
    if (as === undefined || !this.#world.blind.has(as.user)) return;
    throw new OpsError('forbidden', 'forbidden', { userMessage: `User "${as.user}" cannot ${verb} ${path}` });
  }
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw new OpsError('invalid_input', 'the object cannot be addressed', {
    userMessage: `"${name}" is not an object name.`,
  });
}

function checkIdentity({ user, groups }: KubernetesIdentity): void {
  if (user !== '' && !groups.includes('')) return;
  throw new OpsError('invalid_input', 'the Kubernetes identity cannot be impersonated');
}
