import type { KubeObject, ServiceAccountView } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { listOf, objectOf, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a ServiceAccount. */
export function toServiceAccountView(object: KubeObject, sharing: Sharing): ServiceAccountView {
  const { automountServiceAccountToken } = object;
  return {
    ...toObjectView('ServiceAccount', object, sharing),
    ...(typeof automountServiceAccountToken === 'boolean' && { mountsToken: automountServiceAccountToken }),
    pullSecrets: listOf(object['imagePullSecrets']).map((item) => textOf(objectOf(item)['name'])),
  };
}
