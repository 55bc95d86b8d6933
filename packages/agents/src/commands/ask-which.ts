import type { ClusterConnection, ObjectRef, Principal, ReplyOption } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import type { Intent } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import type { NamingIntent } from './naming-intent.ts';
import { asking, type Outcome, refusal } from './outcome.ts';
import { mayRead } from './read-rights.ts';

/** How kinds are typed. */
export const SHORT_KINDS: Readonly<Partial<Record<ObjectRef['kind'], string>>> = {
  Deployment: 'deploy',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  Service: 'svc',
  ConfigMap: 'cm',
};

/** Most namespaces that the authoriser is asked about for one question. */
const MAX_NAMESPACES = 10;

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
  const readable = await readableNamespaces(connection, person, refs);
  const options = refs.filter((ref) => readable.has(ref.namespace ?? '')).map((ref) => optionOf(ref, intent));
  if (options.length === 0)
    return refusal(words.otherwise ?? `${words.question} Name the kind and the namespace.`);
  return asking(words.question, 'Choose one', options);
}

function optionOf(ref: ObjectRef, intent: NamingIntent): ReplyOption {
  const words = [`${SHORT_KINDS[ref.kind] ?? ref.kind.toLowerCase()}/${ref.name}`];
  const place = { ...intent.place, ...(ref.namespace !== undefined && { namespace: ref.namespace }) };
  const meant: Intent = { ...intent, words, place };
  return { label: formatObjectRef(ref), command: formatIntent(meant) };
}

async function readableNamespaces(
  connection: ClusterConnection,
  person: Principal,
  refs: readonly ObjectRef[],
): Promise<ReadonlySet<string>> {
  const namespaces = [...new Set(refs.map((ref) => ref.namespace ?? ''))].slice(0, MAX_NAMESPACES);
  const rights = await Promise.all(
    namespaces.map((namespace) => mayRead(connection, person, namespace === '' ? undefined : namespace)),
  );
  return new Set(namespaces.filter((_, index) => rights[index] === true));
}
