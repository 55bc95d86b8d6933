import type { Store, StoreChange } from '@jamie/core';
import { createOperations, type Operations } from '../operations.ts';
import type { OperationsWorld } from '../operations-world.fixture.ts';

/** The death of a process. */
export class Crash extends Error {}

/** A process that dies at the n-th boundary it reaches: before or after a commit, a read or a write. */
export class MortalProcess {
  reached = 0;
  readonly #diesAt: number;

  constructor(diesAt: number) {
    this.#diesAt = diesAt;
  }

  boundary = (): void => {
    this.reached += 1;
    if (this.reached >= this.#diesAt) throw new Crash();
  };

  operations({ cluster, context }: OperationsWorld, instanceId: string): Operations {
    cluster.beforeRead = this.boundary;
    cluster.beforeWrite = this.boundary;
    cluster.afterWrite = this.boundary;
    return createOperations({ ...context, instanceId, store: this.store(context.store) });
  }

  /** The same store, in the hands of this process. */
  store(store: Store): Store {
    return mortalStore(store, this.boundary);
  }
}

function mortalStore(store: Store, boundary: () => void): Store {
  return new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (name !== 'commit') return typeof member === 'function' ? member.bind(target) : member;
      return async (changes: readonly StoreChange[]) => {
        boundary();
        const result = await target.commit(changes);
        boundary();
        return result;
      };
    },
  });
}
