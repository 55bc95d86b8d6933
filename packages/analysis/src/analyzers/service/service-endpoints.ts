import type { ServiceView } from '@jamie/core';
import { isPodReady } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** Whether a Service gets its endpoints by selecting pods; without a selector somebody else keeps them. */
export function selectsPods(service: ServiceView): boolean {
  return (
    service.type !== 'ExternalName' &&
    Object.keys(service.selector).length > 0 &&
    service.deletingSince === undefined
  );
}

/** Whether anything answers behind a Service, by its EndpointSlices or by its pods. */
export function hasReadyEndpoint(index: SnapshotIndex, service: ServiceView): boolean {
  const bySlices = index.endpointsOf(service).some((slice) => slice.readyAddresses > 0);
  return bySlices || index.podsSelectedBy(service).some(isPodReady);
}
