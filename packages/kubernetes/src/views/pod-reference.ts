import type { PodReference } from '@jamie/core';
import { listOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

type Report = (kind: PodReference['kind'], name: unknown, key: unknown, via: PodReference['via']) => void;

const NO_REFERENCES: readonly PodReference[] = Object.freeze([]);

/**
 * The ConfigMaps and Secrets that a pod cannot start without: those that are not marked optional. Names and keys
 * only. Literal values of environment variables are not looked at.
 */
export function toPodReferences(spec: RawObject, sharing: Sharing): readonly PodReference[] {
  let signature = '';
  const report: Report = (kind, name, key, via) => {
    const entry = `${kind}\u0000${textOf(name)}\u0000${textOf(key)}\u0000${via}\u0001`;
    if (textOf(name) !== '' && !signature.includes(entry)) signature += entry;
  };
  for (const item of listOf(spec['initContainers'])) reportContainer(objectOf(item), report);
  for (const item of listOf(spec['containers'])) reportContainer(objectOf(item), report);
  for (const item of listOf(spec['volumes'])) reportVolume(objectOf(item), report);
  if (signature === '') return NO_REFERENCES;
  return sharing.value(`references\u0000${signature}`, () => parseSignature(signature));
}

function reportContainer(container: RawObject, report: Report): void {
  for (const item of listOf(container['env'])) {
    const { configMapKeyRef, secretKeyRef } = objectOf(objectOf(item)['valueFrom']);
    reportSource('ConfigMap', configMapKeyRef, 'env', report);
    reportSource('Secret', secretKeyRef, 'env', report);
  }
  for (const item of listOf(container['envFrom'])) {
    const { configMapRef, secretRef } = objectOf(item);
    reportSource('ConfigMap', configMapRef, 'env', report);
    reportSource('Secret', secretRef, 'env', report);
  }
}

function reportSource(
  kind: PodReference['kind'],
  value: unknown,
  via: PodReference['via'],
  report: Report,
): void {
  if (value === undefined) return;
  const { name, key, optional } = objectOf(value);
  if (optional !== true) report(kind, name, key, via);
}

function reportVolume(volume: RawObject, report: Report): void {
  reportFiles('ConfigMap', volume['configMap'], 'name', report);
  reportFiles('Secret', volume['secret'], 'secretName', report);
  for (const item of listOf(objectOf(volume['projected'])['sources'])) {
    const { configMap, secret } = objectOf(item);
    reportFiles('ConfigMap', configMap, 'name', report);
    reportFiles('Secret', secret, 'name', report);
  }
}

function reportFiles(kind: PodReference['kind'], value: unknown, nameField: string, report: Report): void {
  const source = objectOf(value);
  if (value === undefined || source['optional'] === true) return;
  const items = listOf(source['items']);
  if (items.length === 0) report(kind, source[nameField], undefined, 'volume');
  for (const item of items) report(kind, source[nameField], objectOf(item)['key'], 'volume');
}

function parseSignature(signature: string): readonly PodReference[] {
  const entries = signature.split('\u0001').slice(0, -1);
  return Object.freeze(
    entries.map((entry) => {
      const [kind = '', name = '', key = '', via = ''] = entry.split('\u0000');
      return Object.freeze({ kind, name, ...(key === '' ? {} : { key }), via } as PodReference);
    }),
  );
}
