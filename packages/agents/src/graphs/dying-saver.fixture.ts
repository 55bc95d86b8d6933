import type { BaseCheckpointSaver } from '@langchain/langgraph';

const WRITES = ['put', 'putWrites'] as const;

/** A process that dies at one of its writes to the checkpoints, before or after it: from then on no call returns. */
export class Death {
  /** Every write so far, in order. */
  readonly boundaries: string[] = [];
  readonly #at: number;
  readonly #moment: 'before' | 'after';
  readonly #died = Promise.withResolvers<'died'>();
  #isDead = false;

  /** Counted from 0; a number that is never reached only counts. */
  constructor(at = Number.POSITIVE_INFINITY, moment: 'before' | 'after' = 'before') {
    this.#at = at;
    this.#moment = moment;
  }

  /** Resolves with `died`, or with what the work ended in. */
  orEndOf(work: Promise<unknown>): Promise<unknown> {
    return Promise.race([work, this.#died.promise]);
  }

  /** Stands between a graph and its saver. */
  stalk(saver: BaseCheckpointSaver): BaseCheckpointSaver {
    return new Proxy(saver, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        const call = (...args: readonly unknown[]): unknown => Reflect.apply(value, target, args);
        const name = WRITES.find((each) => each === property);
        return name === undefined
          ? call
          : (...args: readonly unknown[]) => this.#write(name, () => call(...args));
      },
    });
  }

  async #write(name: string, call: () => unknown): Promise<unknown> {
    const isHere = this.boundaries.length === this.#at;
    this.boundaries.push(name);
    if (this.#isDead || (isHere && this.#moment === 'before')) return this.#die();
    const result: unknown = await call();
    return isHere ? this.#die() : result;
  }

  #die(): Promise<never> {
    this.#isDead = true;
    this.#died.resolve('died');
    return new Promise(() => undefined);
  }
}
