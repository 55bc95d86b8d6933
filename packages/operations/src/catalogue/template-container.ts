import type { JsonObject, KubeObject } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { type CompileRefusal, refuseCompile } from '../planning/step-draft.ts';

/** A container as it stands in a pod spec. */
export interface FoundContainer {
  readonly kind: 'found';
  readonly name: string;
  readonly pointer: string;
  readonly container: JsonObject;
}

/**
 * The container that an operation means: the one of that name, or the only one. `podSpec` is the pointer of the pod
 * spec in the object. Init containers are found by name alone.
 */
export function findContainer(
  object: KubeObject,
  podSpec: string,
  name: string | undefined,
): FoundContainer | CompileRefusal {
  const ordinary = containersAt(object, `${podSpec}/containers`);
  const all = [...ordinary, ...containersAt(object, `${podSpec}/initContainers`)];
  const named = `${object.kind} ${object.metadata.name}`;
  const names = all.map((container) => container.name).join(', ');
  if (name === undefined) {
    const [only, ...others] = ordinary;
    if (only !== undefined && others.length === 0) return only;
    return refuseCompile(
      'not_applicable',
      `${named} has ${ordinary.length} containers. Say which one with -c: ${names}.`,
    );
  }
  const found = all.find((container) => container.name === name);
  return (
    found ?? refuseCompile('not_applicable', `${named} has no container ${name}. It has: ${names || 'none'}.`)
  );
}

function containersAt(object: KubeObject, pointer: string): readonly FoundContainer[] {
  const list = readJsonPointer(object, pointer);
  if (!Array.isArray(list)) return [];
  return (list as readonly JsonObject[]).map((container, index) => ({
    kind: 'found',
    name: String(container['name']),
    pointer: `${pointer}/${index}`,
    container,
  }));
}
