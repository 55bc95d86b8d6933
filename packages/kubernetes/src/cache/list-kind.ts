import type { KubeObject, SnapshotKind, ViewByKind } from '@jamie/core';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import { PAGE_SIZE } from '../reader/kubernetes-reader.ts';
import { parsePage } from '../reader/parse-object.ts';
import { collectionPath } from '../reader/resource-path.ts';

export interface KindListing<K extends SnapshotKind> {
  readonly views: readonly ViewByKind[K][];
  /** Where a watch goes on. */
  readonly resourceVersion: string;
}

/**
 * Lists a kind page by page. Each page is projected as soon as it is parsed, so that no more than one page of raw
 * objects exists at a time. Sent once: the informer decides about trying again.
 */
export async function listKind<K extends SnapshotKind>(
  transport: GuardedTransport,
  kind: K,
  project: (object: KubeObject) => ViewByKind[K],
  signal: AbortSignal,
): Promise<KindListing<K>> {
  const views: ViewByKind[K][] = [];
  const path = collectionPath(kind);
  let next = '';
  for (;;) {
    const query = { limit: String(PAGE_SIZE), ...(next === '' ? {} : { continue: next }) };
    const page = parsePage(await transport.send({ method: 'GET', path, query, attempts: 1, signal }), kind);
    for (const item of page.items) views.push(project(item));
    if (page.continueToken === '') return { views, resourceVersion: page.resourceVersion };
    next = page.continueToken;
  }
}
