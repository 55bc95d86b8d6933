import type { KubeObject, NodeView } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { toObjectView } from './object-view.ts';
import { listOf, objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a Node. */
export function toNodeView(object: KubeObject, sharing: Sharing): NodeView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  return {
    ...toObjectView('Node', object, sharing),
    unschedulable: spec['unschedulable'] === true,
    taints: listOf(spec['taints']).map((item) => {
      const { key, value, effect } = objectOf(item);
      return { key: sharing.text(key), value: sharing.text(value), effect: sharing.text(effect) };
    }),
    allocatable: sharing.texts(status['allocatable']),
    conditions: toConditionViews(status['conditions'], sharing),
    kubeletVersion: sharing.text(objectOf(status['nodeInfo'])['kubeletVersion']),
  };
}
