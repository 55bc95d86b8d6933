import { randomSource } from '../shuffle.ts';

/** The rows of the table of faults that these trials stand for. */
export const FAMILIES = ['F13', 'F14', 'F15', 'F20'] as const;
export type SlackFamily = (typeof FAMILIES)[number];

/** One thing that goes wrong, at a time after the beginning of the trial. */
export type SlackFault = { readonly atMs: number } & (
  | { readonly kind: 'rate limited'; readonly method: string; readonly times: number }
  /** Every delivery comes four times: at once, at once, after what stands for a minute and for five. */
  | { readonly kind: 'delivered four times' }
  | { readonly kind: 'envelope twice' }
  /** Deliveries overtake each other. */
  | { readonly kind: 'out of order'; readonly withinMs: number }
  /** Nothing can be stored for longer than Slack waits for an acknowledgement, so that it sends again. */
  | { readonly kind: 'slow store'; readonly forMs: number }
  | { readonly kind: 'cut during acknowledgement' }
  | { readonly kind: 'refresh'; readonly reason: 'warning' | 'refresh_requested'; readonly graceMs: number }
  | { readonly kind: 'cut' }
  /** No socket: every connection is cut, and new ones are refused with invalid_auth. */
  | { readonly kind: 'no socket'; readonly forMs: number }
  | { readonly kind: 'odd frame'; readonly text: string }
  | { readonly kind: 'response lost'; readonly method: string; readonly times: number }
  | { readonly kind: 'slow answer'; readonly method: string; readonly forMs: number }
  | { readonly kind: 'refused'; readonly method: string; readonly error: string }
  | { readonly kind: 'message deleted' }
  | { readonly kind: 'clock set'; readonly replica: number; readonly byMs: number }
);

const WITHIN_MS = 1_500;
const WRITES = ['chat.postMessage', 'chat.update'] as const;
const CALLS = [...WRITES, 'chat.postEphemeral', 'users.info', 'conversations.info'] as const;
const ODD_FRAMES = ['null', '{"type":"events_api","envelope_id":"odd"}', '[]', '{"type":"unheard_of"}', '{'];
const MINUTE_MS = 60_000;
const REPLICAS = 2;

/** What goes wrong in one trial: all of it follows from the seed and the number of the trial. Pure. */
export function writeFaults(family: SlackFamily, seed: number, trial: number): readonly SlackFault[] {
  const dice = new Dice(randomSource(seed * 104_729 + trial));
  const count = 2 + dice.upTo(2);
  return Array.from({ length: count }, () => FAULTS_OF[family](dice)).sort(
    (one, other) => one.atMs - other.atMs,
  );
}

class Dice {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** 0 to limit, both possible. */
  upTo(limit: number): number {
    return Math.floor(this.#random() * (limit + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}

const FAULTS_OF: Readonly<Record<SlackFamily, (dice: Dice) => SlackFault>> = {
  F13(dice) {
    const atMs = dice.upTo(WITHIN_MS);
    return dice.pick<SlackFault>([
      { kind: 'rate limited', method: dice.pick(CALLS), times: 1 + dice.upTo(2), atMs },
      { kind: 'delivered four times', atMs: 0 },
      { kind: 'envelope twice', atMs: dice.upTo(WITHIN_MS) },
      { kind: 'out of order', withinMs: 300 + dice.upTo(500), atMs: 0 },
      { kind: 'slow store', forMs: 800 + dice.upTo(600), atMs },
      { kind: 'cut during acknowledgement', atMs },
    ]);
  },
  F14(dice) {
    const atMs = dice.upTo(WITHIN_MS);
    const reason = dice.pick(['warning', 'refresh_requested'] as const);
    return dice.pick<SlackFault>([
      { kind: 'cut during acknowledgement', atMs },
      { kind: 'refresh', reason, graceMs: dice.upTo(500), atMs },
      { kind: 'cut', atMs },
      { kind: 'no socket', forMs: 500 + dice.upTo(2_500), atMs },
      { kind: 'odd frame', text: dice.pick(ODD_FRAMES), atMs },
    ]);
  },
  F15(dice) {
    const atMs = dice.upTo(WITHIN_MS);
    return dice.pick<SlackFault>([
      {
        kind: 'response lost',
        method: dice.pick([...WRITES, 'chat.postEphemeral']),
        times: 1 + dice.upTo(1),
        atMs,
      },
      { kind: 'slow answer', method: dice.pick(WRITES), forMs: 300 + dice.upTo(1_500), atMs },
      {
        kind: 'refused',
        method: 'chat.postMessage',
        error: dice.pick(['is_archived', 'not_in_channel', 'channel_not_found']),
        atMs,
      },
      { kind: 'message deleted', atMs: 1_000 + dice.upTo(2_000) },
    ]);
  },
  F20(dice) {
    const minutes = dice.pick([-10, -10, -1, 1, 10, 10]);
    return {
      kind: 'clock set',
      replica: dice.upTo(REPLICAS - 1),
      byMs: minutes * MINUTE_MS,
      atMs: dice.upTo(2 * WITHIN_MS),
    };
  },
};
