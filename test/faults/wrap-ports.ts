import type { ClusterConnection, Clusters, JobProcessor, JobQueue, Store } from '@jamie/core';
import type { PortWrappers } from '@jamie/standalone';
import type { PassBoundary } from './boundary-hook.ts';
import { nameCommit } from './name-commit.ts';

/** The boundary's name for a call, or undefined for a call that is none. */
type NameCall = (method: string, parameters: readonly unknown[]) => string | undefined;

/** The program's ports with a boundary before and after each commit, API call, job and Slack post. */
export function wrapPorts(pass: PassBoundary): PortWrappers {
  return {
    store: (store) => bounded(store, nameStoreCall, pass),
    clusters: (clusters) => wrapClusters(clusters, pass),
    notifier: (notifier) => bounded(notifier, () => 'slack.show', pass),
    queue: (queue) => wrapQueue(queue, pass),
  };
}

/** The same port, with a boundary before and after the calls that have a name. */
function bounded<Port extends object>(port: Port, nameCall: NameCall, pass: PassBoundary): Port {
  return new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return (...parameters: readonly unknown[]): unknown => {
        const name = nameCall(String(key), parameters);
        const call = () => Reflect.apply(member, target, parameters) as unknown;
        return name === undefined ? call() : between(name, call, pass);
      };
    },
  });
}

async function between(name: string, call: () => unknown, pass: PassBoundary): Promise<unknown> {
  await pass(`${name}:before`);
  const result = await call();
  await pass(`${name}:after`);
  return result;
}

const nameStoreCall: NameCall = (method, [first]) => {
  if (method === 'removeOutbox') return 'outbox.remove';
  return method === 'commit' ? `commit:${nameCommit(first as Parameters<Store['commit']>[0])}` : undefined;
};

function wrapClusters(clusters: Clusters, pass: PassBoundary): Clusters {
  const nameCall: NameCall = (method) => `cluster.${method}`;
  return {
    list: () => clusters.list(),
    connect(name) {
      const connection: ClusterConnection = clusters.connect(name);
      return {
        info: connection.info,
        reader: bounded(connection.reader, nameCall, pass),
        writer: bounded(connection.writer, nameCall, pass),
        snapshots: bounded(connection.snapshots, nameCall, pass),
      };
    },
  };
}

function wrapQueue(queue: JobQueue, pass: PassBoundary): JobQueue {
  return {
    add: (job) => between(`queue.add:${job.name}`, () => queue.add(job), pass) as ReturnType<JobQueue['add']>,
    work: (processors) => queue.work(wrapProcessors(processors, pass)),
    counts: () => queue.counts(),
    close: () => queue.close(),
  };
}

/** Before: the job is claimed. After: it is done, and that is not recorded yet. */
function wrapProcessors(processors: Readonly<Record<string, JobProcessor>>, pass: PassBoundary) {
  const wrapped = Object.entries(processors).map(([name, run]): [string, JobProcessor] => [
    name,
    (payload, context) => between(`job:${name}`, () => run(payload, context), pass) as Promise<void>,
  ]);
  return Object.fromEntries(wrapped);
}
