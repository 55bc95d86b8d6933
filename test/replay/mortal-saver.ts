import type { GraphCheckpoints } from '@jamie/agents';

type Saver = Awaited<ReturnType<GraphCheckpoints['loadSaver']>>;

export type Ending =
  | { readonly kind: 'died' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'threw'; readonly error: unknown };

/** Stands between graphs and their saver. At one of the writes the process dies: from then on no call returns. */
export class MortalSaver {
  readonly #at: number;
  readonly #moment: 'before' | 'after';
  readonly #death = Promise.withResolvers<Ending>();
  #writes = 0;
  #isDead = false;

  /** Counted from 0. Without a number it does not die. */
  constructor(at = Number.POSITIVE_INFINITY, moment: 'before' | 'after' = 'before') {
    this.#at = at;
    this.#moment = moment;
  }

  stalk(saver: Saver): Saver {
    return new Proxy(saver, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        const call = (...args: readonly unknown[]): unknown => Reflect.apply(value, target, args);
        const isWrite = property === 'put' || property === 'putWrites';
        return isWrite ? (...args: readonly unknown[]) => this.#write(() => call(...args)) : call;
      },
    });
  }

  orEndOf(work: Promise<void>): Promise<Ending> {
    const ended = work.then(
      (): Ending => ({ kind: 'ended' }),
      (error: unknown): Ending => ({ kind: 'threw', error }),
    );
    return Promise.race([this.#death.promise, ended]);
  }

  async #write(call: () => unknown): Promise<unknown> {
    const isHere = this.#writes === this.#at;
    this.#writes += 1;
    if (this.#isDead || (isHere && this.#moment === 'before')) return this.#die();
    const result: unknown = await call();
    return isHere ? this.#die() : result;
  }

  #die(): Promise<never> {
    this.#isDead = true;
    this.#death.resolve({ kind: 'died' });
    return new Promise(() => undefined);
  }
}
