import type { KubeObject, NamespaceView } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a Namespace. */
export function toNamespaceView(object: KubeObject, sharing: Sharing): NamespaceView {
  return {
    ...toObjectView('Namespace', object, sharing),
    phase: sharing.text(objectOf(object.status)['phase']),
  };
}
