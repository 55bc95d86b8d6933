import type { KubeObject, ObjectView, SnapshotKind } from '@jamie/core';
import { listOf, objectOf, type RawObject, textOf, timeOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** What every view has. */
export function toObjectView<K extends SnapshotKind>(
  kind: K,
  object: KubeObject,
  sharing: Sharing,
): ObjectView & { readonly kind: K } {
  const metadata = objectOf(object.metadata);
  const owner = controllerOf(metadata, sharing);
  const { deletionTimestamp } = metadata;
  const view = {
    kind,
    namespace: sharing.text(metadata['namespace']),
    name: textOf(metadata['name']),
    uid: textOf(metadata['uid']),
    resourceVersion: textOf(metadata['resourceVersion']),
    createdAt: timeOf(metadata['creationTimestamp']),
    labels: sharing.texts(metadata['labels']),
  };
  if (deletionTimestamp !== undefined) Object.assign(view, { deletingSince: timeOf(deletionTimestamp) });
  return owner === undefined ? view : Object.assign(view, { owner });
}

/** One annotation; empty where there is none. */
export function annotationOf(object: KubeObject, name: string): string {
  return textOf(objectOf(objectOf(object.metadata)['annotations'])[name]);
}

/** Containers of a pod template by name, with their images. */
export function templateImages(spec: RawObject, sharing: Sharing): Readonly<Record<string, string>> {
  const images: Record<string, string> = {};
  for (const item of listOf(objectOf(objectOf(spec['template'])['spec'])['containers'])) {
    const container = objectOf(item);
    images[textOf(container['name'])] = textOf(container['image']);
  }
  return sharing.texts(images);
}

function controllerOf(metadata: RawObject, sharing: Sharing): ObjectView['owner'] {
  const references = listOf(metadata['ownerReferences']).map(objectOf);
  const owner = references.find((reference) => reference['controller'] === true) ?? references[0];
  if (owner === undefined) return undefined;
  const uid = textOf(owner['uid']);
  return sharing.value(`owner\u0000${uid}`, () =>
    Object.freeze({ kind: sharing.text(owner['kind']), name: textOf(owner['name']), uid }),
  );
}
