import { setTimeout as sleep } from 'node:timers/promises';
import type { Administrator } from '../support/test-cluster.ts';
import { type Manifest, pathOf } from './manifests.ts';

export type BackendName = 'demo' | 'real';

/** A write of the product that had an effect: no dry run, no refusal, no access review. */
export interface ProductWrite {
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** A cluster on which scenarios are played. */
export interface RemedyCluster {
  readonly name: BackendName;
  readonly kubeconfigPath: string;
  /** Who asks, who approves, and who approves where two must. */
  readonly people: readonly [Operator, Operator, Operator];
  /** Acts as somebody else: nothing that a scenario does goes through the product. */
  readonly administrator: Administrator;
  /** The labels of the nodes that all scenarios share. */
  readonly sharedNodes: Readonly<Record<string, string>>;
  /** Makes a namespace in which the people may operate. */
  createNamespace(name: string): Promise<void>;
  /** Lets the people operate in a namespace that is there. */
  letOperate(namespace: string): Promise<void>;
  writes(): readonly ProductWrite[];
  stop(): Promise<void>;
}

export interface Operator {
  readonly user: string;
  readonly groups: readonly string[];
}

/** An object as it is stored: read by tests that know what they look for. */
export interface Stored {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation?: number;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
}

const MERGE = 'application/merge-patch+json';
const POLL_MS = 250;

/** What one scenario does to its cluster, and how it looks at it: past the product, through the API alone. */
export class Bench {
  readonly cluster: RemedyCluster;
  readonly namespace: string;

  constructor(cluster: RemedyCluster, namespace: string) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  async create(...manifests: readonly Manifest[]): Promise<void> {
    for (const manifest of manifests) {
      const path = pathOf(manifest.kind, this.namespace);
      await this.cluster.administrator({ method: 'POST', path, body: manifest });
    }
  }

  /** Merges into an object; with `status` into that part of it alone. */
  async patch(kind: string, name: string, body: unknown, status = false): Promise<void> {
    const path = `${pathOf(kind, this.namespace)}/${name}${status ? '/status' : ''}`;
    await this.cluster.administrator({ method: 'PATCH', path, body, contentType: MERGE });
  }

  async remove(kind: string, name: string): Promise<void> {
    await this.cluster.administrator({ method: 'DELETE', path: `${pathOf(kind, this.namespace)}/${name}` });
  }

  async read(kind: string, name: string): Promise<Stored> {
    const path = `${pathOf(kind, this.namespace)}/${name}`;
    return (await this.cluster.administrator({ method: 'GET', path })) as Stored;
  }

  async list(kind: string): Promise<readonly Stored[]> {
    const path = pathOf(kind, this.namespace);
    return ((await this.cluster.administrator({ method: 'GET', path })) as { items: readonly Stored[] })
      .items;
  }

  /** Waits until it is so; rejects with what was waited for. */
  async until(what: string, isSo: () => Promise<boolean>, withinMs = 90_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await isSo())) {
      if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain until ${what}`);
      await sleep(POLL_MS);
    }
  }

  /** Whether a workload has exactly the ready pods that it asks for, at least one, all of its present template. */
  async isWhole(kind: string, name: string): Promise<boolean> {
    const { metadata, spec, status = {} } = await this.read(kind, name);
    const isSeen = status['observedGeneration'] === metadata.generation;
    if (kind === 'DaemonSet') {
      const wanted = count(status['desiredNumberScheduled']);
      const counts = [status['numberReady'], status['updatedNumberScheduled']].map(count);
      return isSeen && wanted > 0 && counts.every((each) => each === wanted);
    }
    const wanted = count(spec['replicas']);
    const counts = [status['replicas'], status['readyReplicas'], status['updatedReplicas']].map(count);
    return isSeen && wanted > 0 && counts.every((each) => each === wanted);
  }

  async untilWhole(kind: string, name: string): Promise<void> {
    await this.until(`${kind} ${name} is whole`, () => this.isWhole(kind, name));
  }

  /** How many pods of the namespace are ready. */
  async readyPods(): Promise<number> {
    return (await this.list('Pod')).filter((pod) => hasCondition(pod, 'Ready')).length;
  }
}

/** Whether an object has this condition, and it is true. */
export function hasCondition({ status }: Stored, type: string): boolean {
  const conditions = (status?.['conditions'] ?? []) as readonly Condition[];
  return conditions.some((condition) => condition.type === type && condition.status === 'True');
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
