import type { KubeObject, NamespaceView } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { toObjectView } from './object-view.ts';
import { objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a Namespace. */
export function toNamespaceView(object: KubeObject, sharing: Sharing): NamespaceView {
  const status = objectOf(object.status);
  return {
    ...toObjectView('Namespace', object, sharing),
    phase: sharing.text(status['phase']),
    conditions: toConditionViews(status['conditions'], sharing),
  };
}
