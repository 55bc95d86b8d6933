import type { EndpointSliceView, KubeObject } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { listOf, objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects an EndpointSlice. An endpoint that does not say whether it is ready counts as ready, as the API defines. */
export function toEndpointSliceView(object: KubeObject, sharing: Sharing): EndpointSliceView {
  let readyAddresses = 0;
  let notReadyAddresses = 0;
  for (const item of listOf(object['endpoints'])) {
    const { addresses, conditions } = objectOf(item);
    const count = listOf(addresses).length;
    if (objectOf(conditions)['ready'] === false) notReadyAddresses += count;
    else readyAddresses += count;
  }
  const view = toObjectView('EndpointSlice', object, sharing);
  return {
    ...view,
    serviceName: view.labels['kubernetes.io/service-name'] ?? '',
    readyAddresses,
    notReadyAddresses,
  };
}
