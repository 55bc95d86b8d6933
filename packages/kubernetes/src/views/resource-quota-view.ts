import type { KubeObject, ResourceQuotaView } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a ResourceQuota: the limits in force, or before the controller has seen it those that are wanted. */
export function toResourceQuotaView(object: KubeObject, sharing: Sharing): ResourceQuotaView {
  const status = objectOf(object.status);
  return {
    ...toObjectView('ResourceQuota', object, sharing),
    hard: sharing.texts(status['hard'] ?? objectOf(object.spec)['hard']),
    used: sharing.texts(status['used']),
  };
}
