import type { IngressBackendView, IngressView, ServiceView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** One place to which an Ingress sends, with the Service that it means if that exists. */
export interface IngressTarget {
  readonly backend: IngressBackendView;
  readonly name: string;
  readonly port: string;
  readonly service: ServiceView | undefined;
}

// The AWS controller takes a backend with this port for an action that an annotation describes; no Service is behind it.
const ACTION_PORT = 'use-annotation';

/** The Services to which an Ingress sends. What goes to an object of another kind is left out. */
export function targetsOf(index: SnapshotIndex, ingress: IngressView): readonly IngressTarget[] {
  return ingress.backends.flatMap((backend) => {
    const { service } = backend;
    if (service === undefined || service.name === '' || service.port === ACTION_PORT) return [];
    const found = index.find({ kind: 'Service', namespace: ingress.namespace, name: service.name });
    return [
      {
        backend,
        name: toSingleLine(service.name, 63),
        port: toSingleLine(service.port, 63),
        // The reference names the kind.
        service: found as ServiceView | undefined,
      },
    ];
  });
}

/** What requests an Ingress path takes: `shop.example/cart`, or `every other request` for the default backend. */
export function nameOfPath({ host, path }: IngressBackendView): string {
  if (host === '' && path === '') return 'every other request';
  return toSingleLine(`${host === '' ? '*' : host}${path}`, 120);
}
