import type { JsonObject, JsonValue, KubeObject } from '@jamie/core';
import { formatJsonPointer, parseJsonPointer, readJsonPointer } from '@jamie/core';

/**
 * The manifest that, applied after another one, takes it back: each field that was written has its former value, and
 * what was not there is left out, so that server-side apply takes it away. Lists are whole, since only the server knows
 * by which keys their items are told apart. Pure.
 */
export function formerManifest(before: KubeObject, written: readonly string[]): JsonObject {
  const { name, namespace } = before.metadata;
  const manifest: Draft = {
    apiVersion: before.apiVersion,
    kind: before.kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
  };
  for (const pointer of new Set(written.map((each) => wholeList(before, each)))) {
    const value = readJsonPointer(before, pointer);
    if (value !== undefined) setAt(manifest, parseJsonPointer(pointer), structuredClone(value));
  }
  return manifest;
}

type Draft = { [member: string]: JsonValue };

/** The pointer of the outermost list on the way; the pointer itself where there is none. */
function wholeList(object: KubeObject, pointer: string): string {
  const path = parseJsonPointer(pointer);
  for (let length = 1; length < path.length; length += 1) {
    const above = formatJsonPointer(path.slice(0, length));
    if (Array.isArray(readJsonPointer(object, above))) return above;
  }
  return pointer;
}

function setAt(draft: Draft, path: readonly string[], value: JsonValue): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    draft[key] = value;
    return;
  }
  draft[key] ??= {};
  setAt(draft[key] as Draft, rest, value);
}
