import { isDeepStrictEqual } from 'node:util';
import type { Intent } from '@jamie/agents/grammar';
import { readTarget } from './read-target.ts';

type Fields = Readonly<Record<string, unknown>>;

/** In these a missing target means everything, in all others what was last spoken of. */
const LISTS: ReadonlySet<Intent['kind']> = new Set(['pods', 'events', 'top']);

/**
 * The intent in the form in which two of them are compared: its target read from the words, the namespace in one
 * place however it was given, the reason without case and punctuation.
 */
function comparableIntent(intent: Intent): Fields {
  const { words, place = {}, reason, ...rest }: IntentParts = intent;
  const target = words === undefined ? undefined : readTarget(words);
  const isEverything = LISTS.has(intent.kind) && words?.length === 0;
  const namespace = target?.namespace ?? place.namespace;
  return {
    ...rest,
    ...(target !== undefined && !isEverything && { name: target.name }),
    ...(target?.kind !== undefined && { objectKind: target.kind }),
    ...(namespace !== undefined && { namespace }),
    ...(place.cluster !== undefined && { cluster: place.cluster }),
    ...(reason !== undefined && { reason: plainText(reason) }),
  };
}

/** Whether both want the same. */
export function isSameIntent(one: Intent, other: Intent): boolean {
  return isDeepStrictEqual(comparableIntent(one), comparableIntent(other));
}

/** Whether both would do the same to the same object: the reason that is given for it may differ. */
export function isSameEffect(one: Intent, other: Intent): boolean {
  return isDeepStrictEqual(withoutReason(one), withoutReason(other));
}

interface IntentParts {
  readonly kind: Intent['kind'];
  readonly words?: readonly string[];
  readonly place?: { readonly namespace?: string; readonly cluster?: string };
  readonly reason?: string;
}

function withoutReason(intent: Intent): Fields {
  const { reason: _, ...rest } = comparableIntent(intent);
  return rest;
}

function plainText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]+/gu, ' ')
    .trim();
}
