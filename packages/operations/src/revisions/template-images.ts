import type { JsonObject } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';

/** The image of each container of a pod template, init containers too. */
export function imagesOf(template: JsonObject): ReadonlyMap<string, string> {
  const lists = ['/spec/initContainers', '/spec/containers'].map((pointer) =>
    readJsonPointer(template, pointer),
  );
  const containers = lists.flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []));
  return new Map(
    containers.flatMap((container) => {
      const { name, image } = (container ?? {}) as { readonly name?: unknown; readonly image?: unknown };
      return typeof name === 'string' && typeof image === 'string' ? [[name, image] as const] : [];
    }),
  );
}
