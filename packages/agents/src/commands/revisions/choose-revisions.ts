import type { Revision, RevisionHistory } from '@jamie/operations';

/** The two revisions to compare, or why there are not two. */
export type RevisionChoice =
  | { readonly kind: 'chosen'; readonly from: Revision; readonly to: Revision }
  | { readonly kind: 'unknown'; readonly wanted: number }
  | { readonly kind: 'equal'; readonly number: number }
  /** Nothing is kept from before. */
  | { readonly kind: 'first'; readonly number: number };

/**
 * Chooses what to compare. Unless told otherwise: to the present revision, from the newest before it. A `from` alone is
 * compared with the present one, a `to` alone with the newest before it. Pure.
 */
export function chooseRevisions(
  { revisions, current }: RevisionHistory,
  fromRevision: number | undefined,
  toRevision: number | undefined,
): RevisionChoice {
  const toNumber = toRevision ?? current;
  const to = revisions.find(({ number }) => number === toNumber);
  if (to === undefined) return { kind: 'unknown', wanted: toNumber };
  const before = revisions.filter(({ number }) => number < toNumber).at(-1);
  const fromNumber = fromRevision ?? before?.number;
  if (fromNumber === undefined) return { kind: 'first', number: toNumber };
  if (fromNumber === toNumber) return { kind: 'equal', number: toNumber };
  const from = revisions.find(({ number }) => number === fromNumber);
  return from === undefined ? { kind: 'unknown', wanted: fromNumber } : { kind: 'chosen', from, to };
}
