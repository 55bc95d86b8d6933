import type { JsonObject } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';

const CONTAINER_LISTS = ['/spec/initContainers', '/spec/containers', '/spec/ephemeralContainers'];

/** The image of each container of a pod template, whatever its sort, and of each volume that is an image. */
export function imagesOf(template: JsonObject): ReadonlyMap<string, string> {
  return new Map([
    ...CONTAINER_LISTS.flatMap((pointer) => named(template, pointer, '/image')),
    ...named(template, '/spec/volumes', '/image/reference').map(
      ([name, image]) => [`volume ${name}`, image] as const,
    ),
  ]);
}

function named(template: JsonObject, list: string, image: string): readonly (readonly [string, string])[] {
  const items = readJsonPointer(template, list);
  if (!Array.isArray(items)) return [];
  return (items as readonly unknown[]).flatMap((item) => {
    const [name, value] = [readJsonPointer(item, '/name'), readJsonPointer(item, image)];
    return typeof name === 'string' && typeof value === 'string' ? [[name, value] as const] : [];
  });
}
