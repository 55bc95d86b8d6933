import type { ApiServiceView, KubeObject } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { toObjectView } from './object-view.ts';
import { objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';
import { toServiceReference } from './webhook-configuration-view.ts';

/** Projects an APIService. */
export function toApiServiceView(object: KubeObject, sharing: Sharing): ApiServiceView {
  const service = toServiceReference(objectOf(object.spec)['service']);
  return {
    ...toObjectView('APIService', object, sharing),
    ...(service !== undefined && { service }),
    conditions: toConditionViews(objectOf(object.status)['conditions'], sharing),
  };
}
