import { listUndeliverable } from '@jamie/agents';
import type { Check, Clock, Store } from '@jamie/core';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Whether everybody was told what they asked for, in the last day. */
export function deliveryCheck(store: Store, clock: Clock): Check {
  return async () => {
    const missed = await listUndeliverable({ store, clock }, clock.now() - DAY_MS);
    const [latest] = missed;
    if (latest === undefined) {
      return { name: 'Delivery', status: 'ok', detail: 'everybody was told, in the last day', mend: '' };
    }
    const { why } = latest.entry.details;
    return {
      name: 'Delivery',
      status: 'warning',
      detail: `${missed.length} ${missed.length === 1 ? 'message' : 'messages'} could be shown to nobody in the last day; the latest: ${String(why)}`,
      mend: 'See who waits with /jamie audit, and mend what the reason names.',
    };
  };
}
