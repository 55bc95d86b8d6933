import { type KubeObject, OpsError } from '@jamie/core';
import { parseJson } from '../reader/parse-object.ts';
import { toStatusError } from '../transport/api-error.ts';
import { objectOf, textOf } from '../views/raw-fields.ts';

/** One line of a watch. */
export type WatchEvent =
  | { readonly kind: 'changed'; readonly object: KubeObject; readonly resourceVersion: string }
  | { readonly kind: 'deleted'; readonly object: KubeObject; readonly resourceVersion: string }
  | { readonly kind: 'bookmark'; readonly resourceVersion: string };

/** Reads one line of a watch. Throws what an ERROR event says (410 as details.status), or `unavailable`. */
export function parseWatchEvent(line: string, path: string): WatchEvent {
  const { type, object: payload } = objectOf(parseJson(line));
  const object = objectOf(payload);
  const resourceVersion = textOf(objectOf(object['metadata'])['resourceVersion']);
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      return { kind: 'changed', object: object as KubeObject, resourceVersion };
    case 'DELETED':
      return { kind: 'deleted', object: object as KubeObject, resourceVersion };
    case 'BOOKMARK':
      return { kind: 'bookmark', resourceVersion };
    case 'ERROR': {
      const status = typeof object['code'] === 'number' ? object['code'] : 500;
      throw toStatusError({ method: 'GET', path }, { status, body: JSON.stringify(object) });
    }
    default:
      throw new OpsError('unavailable', 'a watch sent an event of unknown type', { details: { path } });
  }
}
