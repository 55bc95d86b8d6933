import type { KubeObject, LimitRangeView } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { listOf, objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a LimitRange. */
export function toLimitRangeView(object: KubeObject, sharing: Sharing): LimitRangeView {
  return {
    ...toObjectView('LimitRange', object, sharing),
    limits: listOf(objectOf(object.spec)['limits'])
      .map(objectOf)
      .map((limit) => ({
        type: sharing.text(limit['type']),
        min: sharing.texts(limit['min']),
        max: sharing.texts(limit['max']),
        defaultLimits: sharing.texts(limit['default']),
        defaultRequests: sharing.texts(limit['defaultRequest']),
      })),
  };
}
