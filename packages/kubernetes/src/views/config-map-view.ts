import type { ConfigMapView, KubeObject } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a ConfigMap to the names of its keys; values are dropped here and never kept. */
export function toConfigMapView(object: KubeObject, sharing: Sharing): ConfigMapView {
  const keys = [...Object.keys(objectOf(object['data'])), ...Object.keys(objectOf(object['binaryData']))];
  return { ...toObjectView('ConfigMap', object, sharing), keys: keys.map((key) => sharing.text(key)) };
}
