import type { ConfigMapView, KubeObject } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a ConfigMap to the names of its keys; values are dropped here and never kept. */
export function toConfigMapView(object: KubeObject, sharing: Sharing): ConfigMapView {
  const data = objectOf(object['data']);
  const binaryData = objectOf(object['binaryData']);
  return {
    ...toObjectView('ConfigMap', object, sharing),
    keys: [...Object.keys(data), ...Object.keys(binaryData)].map((key) => sharing.text(key)),
    sizeBytes: sizeOf(data, 'utf8') + sizeOf(binaryData, 'base64'),
  };
}

function sizeOf(values: RawObject, encoding: 'utf8' | 'base64'): number {
  return Object.values(values).reduce<number>(
    (sum, value) => sum + Buffer.byteLength(textOf(value), encoding),
    0,
  );
}
