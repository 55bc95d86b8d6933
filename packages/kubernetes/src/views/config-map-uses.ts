import type { ConfigMapUse } from '@jamie/core';
import { listOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** The ConfigMaps that a pod uses, whether it can start without them or not. Names and keys only. */
export function toConfigMapUses(spec: RawObject, sharing: Sharing): readonly ConfigMapUse[] {
  const uses = [
    ...[...listOf(spec['initContainers']), ...listOf(spec['containers'])].flatMap((item) =>
      usesOfContainer(objectOf(item)),
    ),
    ...listOf(spec['volumes']).flatMap((item) => usesOfVolume(objectOf(item))),
  ].filter(({ name }) => name !== '');
  const distinct = new Map(uses.map((use) => [`${use.name}\u0000${use.key ?? ''}`, use]));
  return [...distinct.values()].map(({ name, key }) => ({
    name: sharing.text(name),
    ...(key !== undefined && { key: sharing.text(key) }),
  }));
}

function usesOfContainer(container: RawObject): readonly ConfigMapUse[] {
  const ofKeys = listOf(container['env']).map((item) => {
    const { name, key } = objectOf(objectOf(objectOf(item)['valueFrom'])['configMapKeyRef']);
    return { name: textOf(name), key: textOf(key) };
  });
  const whole = listOf(container['envFrom']).map((item) => ({
    name: textOf(objectOf(objectOf(item)['configMapRef'])['name']),
  }));
  return [...ofKeys, ...whole];
}

function usesOfVolume(volume: RawObject): readonly ConfigMapUse[] {
  const projected = listOf(objectOf(volume['projected'])['sources']).map(
    (item) => objectOf(item)['configMap'],
  );
  return [volume['configMap'], ...projected].flatMap((value) => usesOfFiles(objectOf(value)));
}

function usesOfFiles(source: RawObject): readonly ConfigMapUse[] {
  const name = textOf(source['name']);
  const items = listOf(source['items']);
  if (items.length === 0) return [{ name }];
  return items.map((item) => ({ name, key: textOf(objectOf(item)['key']) }));
}
