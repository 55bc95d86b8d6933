import { setImmediate as othersHadTheirTurn } from 'node:timers/promises';
import { isOpsError } from '@jamie/core';

/** In the place of what is stored and cannot be read. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly sequence: number;
}

/** How many are read at a time, before others get their turn. */
const PAGE = 250;

/**
 * Everything of a list, in order, a page at a time. What cannot be read comes as such, after all that stands before
 * it; nothing comes after it.
 */
export async function* readInPages<Item>(
  list: (afterSequence: number, limit: number) => Promise<readonly Item[]>,
  sequenceOf: (item: Item) => number,
): AsyncGenerator<Item | Unreadable, void> {
  let after = 0;
  let limit = PAGE;
  for (;;) {
    const page = await listReadable(list, after, limit);
    if ('kind' in page) {
      // What is unreadable spoils its whole page: one by one all before it come first.
      if (limit === 1) {
        yield page;
        return;
      }
      limit = 1;
      continue;
    }
    const last = page.items.at(-1);
    if (last === undefined) return;
    yield* page.items;
    after = sequenceOf(last);
    // Neither a read of the embedded store nor a sleep of no time gives way: a long list would hold everybody up.
    await othersHadTheirTurn();
  }
}

async function listReadable<Item>(
  list: (afterSequence: number, limit: number) => Promise<readonly Item[]>,
  after: number,
  limit: number,
): Promise<{ readonly items: readonly Item[] } | Unreadable> {
  try {
    return { items: await list(after, limit) };
  } catch (error) {
    // The store gives nothing that it cannot read, and names the first of it.
    if (!isOpsError(error, 'internal') || typeof error.details['id'] !== 'number') throw error;
    return { kind: 'unreadable', sequence: error.details['id'] };
  }
}

export function isUnreadable(item: object): item is Unreadable {
  return 'kind' in item && item.kind === 'unreadable';
}
