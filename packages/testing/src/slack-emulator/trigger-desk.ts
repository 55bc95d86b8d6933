import type { Clock } from '@jamie/core';

export type TriggerRedemption =
  | { readonly kind: 'redeemed'; readonly userId: string }
  | {
      readonly kind: 'refused';
      readonly error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';
    };

/** How long a trigger lives: docs.slack.dev/interactivity/handling-user-interaction. */
const TRIGGER_LIFE_MS = 3_000;

/** The trigger ids that people's actions brought: each opens one view, and only at once. */
export class TriggerDesk {
  readonly #clock: Clock;
  readonly #nextId: (prefix: string) => string;
  readonly #triggers = new Map<
    string,
    { readonly userId: string; readonly mintedAt: number; isUsed: boolean }
  >();

  constructor(clock: Clock, nextId: (prefix: string) => string) {
    this.#clock = clock;
    this.#nextId = nextId;
  }

  mint(userId: string): string {
    const id = `${this.#nextId('')}.${this.#nextId('')}.trigger`;
    this.#triggers.set(id, { userId, mintedAt: this.#clock.now(), isUsed: false });
    return id;
  }

  redeem(id: string): TriggerRedemption {
    const trigger = this.#triggers.get(id);
    if (trigger === undefined) return { kind: 'refused', error: 'invalid_trigger_id' };
    if (trigger.isUsed) return { kind: 'refused', error: 'exchanged_trigger_id' };
    if (this.#clock.now() - trigger.mintedAt > TRIGGER_LIFE_MS)
      return { kind: 'refused', error: 'expired_trigger_id' };
    trigger.isUsed = true;
    return { kind: 'redeemed', userId: trigger.userId };
  }
}
