import { apiVersionOf, isJsonObject, type Kind, type KubeObject, OpsError } from '@jamie/core';

/** One page of a list. */
export interface ObjectPage {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
  /** Empty on the last page. */
  readonly continueToken: string;
}

/** Reads one object. Throws `unavailable` for anything else: the answer did not come from a sane API server. */
export function parseObject(text: string): KubeObject {
  const value = parseJson(text);
  if (!isObject(value)) throw garbled('not a Kubernetes object');
  return value;
}

/** Reads a page of a list; items get the apiVersion and kind that lists leave out. */
export function parsePage(text: string, kind: Kind): ObjectPage {
  const value = parseJson(text);
  if (!isJsonObject(value) || !isJsonObject(value['metadata'])) throw garbled('not a list');
  const { metadata } = value;
  // An empty list is sent as null by some servers.
  const items = value['items'] ?? [];
  if (!Array.isArray(items) || !items.every(isListItem)) throw garbled('not a list');
  const type = { apiVersion: apiVersionOf(kind), kind };
  return {
    items: items.map((item) => ({ ...type, ...item })),
    resourceVersion: textOf(metadata['resourceVersion']),
    continueToken: textOf(metadata['continue']),
  };
}

/** JSON.parse that fails as `unavailable`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw garbled('not JSON, or cut off', error);
  }
}

function isObject(value: unknown): value is KubeObject {
  return isListItem(value) && typeof value.kind === 'string' && typeof value.apiVersion === 'string';
}

function isListItem(value: unknown): value is KubeObject {
  return (
    isJsonObject(value) && isJsonObject(value['metadata']) && typeof value['metadata']['name'] === 'string'
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The error for an answer that no sane API server gives. */
export function garbled(what: string, cause?: unknown): OpsError {
  return new OpsError('unavailable', 'the API server answered with something unreadable', {
    userMessage: `The cluster's answer could not be read: it is ${what}. Is a proxy between us and the API server?`,
    details: { what },
    cause,
  });
}
