import type { ClusterConnection, ObjectRef, Principal, ReplyOption } from '@jamie/core';
import { formatObjectRef, typedName } from '@jamie/core';
import type { Intent } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import type { NamingIntent } from './naming-intent.ts';
import { asking, type Outcome, refusal } from './outcome.ts';
import { mayLearnOf } from './read-rights.ts';

/** Most namespaces, or objects without one, that the authoriser is asked about for one question. */
const MAX_PLACES = 10;

interface Question {
  readonly connection: ClusterConnection;
  readonly person: Principal;
  readonly intent: NamingIntent;
  readonly refs: readonly ObjectRef[];
  readonly question: string;
  /** What is said instead when there is nothing that the person may be shown. */
  readonly otherwise?: string;
}

/**
 * Asks which object was meant, with the same command for each. The cache sees more than a person may, so names in
 * namespaces that they may not read are never offered.
 */
export async function askWhich({ connection, person, intent, refs, ...words }: Question): Promise<Outcome> {
  const readable = await readablePlaces(connection, person, refs);
  const options = refs.filter((ref) => readable.has(placeOf(ref))).map((ref) => optionOf(ref, intent));
  if (options.length === 0)
    return refusal(words.otherwise ?? `${words.question} Name the kind and the namespace.`);
  return asking(words.question, 'Choose one', options);
}

function optionOf(ref: ObjectRef, intent: NamingIntent): ReplyOption {
  const words = [typedName(ref)];
  const place = { ...intent.place, ...(ref.namespace !== undefined && { namespace: ref.namespace }) };
  const meant: Intent = { ...intent, words, place };
  return { label: formatObjectRef(ref), command: formatIntent(meant) };
}

async function readablePlaces(
  connection: ClusterConnection,
  person: Principal,
  refs: readonly ObjectRef[],
): Promise<ReadonlySet<string>> {
  const byPlace = new Map(refs.map((ref) => [placeOf(ref), ref] as const));
  const places = [...byPlace].slice(0, MAX_PLACES);
  const rights = await Promise.all(places.map(([, ref]) => mayLearnOf(connection, person, ref)));
  return new Set(places.flatMap(([place], index) => (rights[index] === true ? [place] : [])));
}

/** What one right is about: a namespace, or the object itself where it has none. */
function placeOf(ref: ObjectRef): string {
  return ref.namespace ?? formatObjectRef(ref);
}
