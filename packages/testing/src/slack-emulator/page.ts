import { type ApiArguments, refuse, textArgument } from './api-answer.ts';
import type { Found } from './message-content.ts';

const DEFAULT_LIMIT = 100;
const MAXIMUM_LIMIT = 999;

/** One page of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
  /** Empty on the last page, as Slack writes it. */
  readonly nextCursor: string;
}

/** Takes the page that a call asks for with `limit` and `cursor`. */
export function readPage<T>(args: ApiArguments, items: readonly T[]): Found<Page<T>> {
  const limit = Number(textArgument(args, 'limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_LIMIT) {
    return { refusal: refuse('invalid_limit') };
  }
  const from = Number(textArgument(args, 'cursor') ?? 0);
  if (!Number.isInteger(from) || from < 0) return { refusal: refuse('invalid_cursor') };
  const hasMore = from + limit < items.length;
  return {
    value: {
      items: items.slice(from, from + limit),
      hasMore,
      nextCursor: hasMore ? String(from + limit) : '',
    },
  };
}
