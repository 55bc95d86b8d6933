import {
  type ClusterSnapshot,
  formatObjectRef,
  type ObjectRef,
  type ObjectView,
  type SnapshotKind,
} from '@jamie/core';
import { refOf } from '../snapshot/ref-of.ts';
import { compareText } from '../snapshot/stable-order.ts';
import { editDistance } from './edit-distance.ts';
import { type NameQuery, parseNameQuery } from './name-query.ts';

/** What a person's words name. `reason` says how well they fit. */
export type NamedWorkload =
  | { readonly kind: 'one'; readonly ref: ObjectRef; readonly reason: 'exact' | 'prefix' }
  | { readonly kind: 'several'; readonly refs: readonly ObjectRef[]; readonly reason: 'exact' | 'prefix' }
  /** Nothing fits; the suggestions are close in spelling, or in another namespace. Never act on one unasked. */
  | {
      readonly kind: 'none';
      readonly suggestions: readonly ObjectRef[];
      readonly reason: 'unknown_name' | 'no_name';
    };

/** Kinds in which a name is looked for, the likeliest meaning first. */
const SEARCHED: readonly (readonly SnapshotKind[])[] = [
  ['Deployment', 'StatefulSet', 'DaemonSet'],
  ['Service'],
  ['Pod'],
  ['ReplicaSet'],
  ['Node'],
  ['CronJob'],
  ['Job'],
  ['HorizontalPodAutoscaler'],
  ['ConfigMap'],
];

const MAX_SUGGESTIONS = 5;

/**
 * Resolves what a person named (`checkout`, `deploy/checkout`, `payments/checkout`, `the basket service`, a pod's
 * name) to objects of the snapshot: exact names before prefixes; a workload before the Service or pod of its name.
 * A near miss is only suggested.
 */
export function findWorkloads(
  snapshot: ClusterSnapshot,
  words: string | readonly string[],
  namespace?: string,
): NamedWorkload {
  const query = parseNameQuery(typeof words === 'string' ? words.split(/\s+/) : words, namespace);
  if (query.name === '') return { kind: 'none', suggestions: [], reason: 'no_name' };
  for (const reason of ['exact', 'prefix'] as const) {
    for (const kinds of kindsOf(query)) {
      const found = findAmong(snapshot, kinds, query, (name) => fits(name, query.name, reason));
      const [only] = found;
      if (only !== undefined)
        return found.length === 1
          ? { kind: 'one', ref: only, reason }
          : { kind: 'several', refs: found, reason };
    }
  }
  return { kind: 'none', suggestions: suggest(snapshot, query), reason: 'unknown_name' };
}

function kindsOf(query: NameQuery): readonly (readonly SnapshotKind[])[] {
  return query.kind === undefined ? SEARCHED : [[query.kind]];
}

function fits(name: string, wanted: string, reason: 'exact' | 'prefix'): boolean {
  return reason === 'exact' ? name === wanted : name.startsWith(wanted);
}

function findAmong(
  snapshot: ClusterSnapshot,
  kinds: readonly SnapshotKind[],
  query: NameQuery,
  accepts: (name: string) => boolean,
): readonly ObjectRef[] {
  return kinds
    .flatMap((kind): readonly ObjectView[] => snapshot.objects[kind])
    .filter((view) => isWithin(view, query.namespace) && accepts(view.name))
    .map(refOf)
    .sort((left, right) => compareText(formatObjectRef(left), formatObjectRef(right)));
}

function isWithin(view: ObjectView, namespace: string | undefined): boolean {
  return namespace === undefined || view.namespace === '' || view.namespace === namespace;
}

interface Suggestion {
  readonly ref: ObjectRef;
  readonly distance: number;
}

function suggest(snapshot: ClusterSnapshot, query: NameQuery): readonly ObjectRef[] {
  // A third of the letters may be wrong; of short names, one.
  const atMost = Math.max(1, Math.floor(query.name.length / 3));
  const elsewhere: NameQuery = { name: query.name };
  const views = kindsOf(query.kind === undefined ? elsewhere : query)
    .filter((kinds) => !kinds.includes('Pod') && !kinds.includes('ReplicaSet'))
    .flat()
    .flatMap((kind): readonly ObjectView[] => snapshot.objects[kind]);
  const close = views.flatMap((view): readonly Suggestion[] => {
    const distance = view.name.includes(query.name) ? 0 : editDistance(view.name, query.name, atMost);
    if (distance > atMost) return [];
    // The same name in another namespace is a better guess than another name in this one.
    return [{ ref: refOf(view), distance: distance + (isWithin(view, query.namespace) ? 0 : 0.5) }];
  });
  return close
    .sort(
      (left, right) =>
        left.distance - right.distance || compareText(formatObjectRef(left.ref), formatObjectRef(right.ref)),
    )
    .slice(0, MAX_SUGGESTIONS)
    .map((suggestion) => suggestion.ref);
}
