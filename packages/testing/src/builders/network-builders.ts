import type { IngressClassView, IngressView, NetworkPolicyView } from '@jamie/core';
import { anObject } from './object-builders.ts';

/** An Ingress that sends everything to port 80 of the Service of its name. */
export function anIngress(name: string, more: Partial<IngressView> = {}): IngressView {
  return {
    ...anObject(name),
    kind: 'Ingress',
    className: 'nginx',
    classByAnnotation: false,
    backends: [{ host: `${name}.example`, path: '/', service: { name, port: '80' } }],
    tlsHosts: [],
    tlsSecrets: [],
    addresses: 1,
    portErrors: [],
    ...more,
  };
}

export function anIngressClass(name: string, more: Partial<IngressClassView> = {}): IngressClassView {
  return {
    ...anObject(name, { namespace: '' }),
    kind: 'IngressClass',
    controller: 'k8s.io/ingress-nginx',
    isDefault: false,
    ...more,
  };
}

/** A policy for the pods `app: <name>` that admits everything that comes in. */
export function aNetworkPolicy(name: string, more: Partial<NetworkPolicyView> = {}): NetworkPolicyView {
  return {
    ...anObject(name),
    kind: 'NetworkPolicy',
    pods: { matchLabels: { app: name }, matchExpressions: [] },
    ingress: [{ peers: [], ports: [] }],
    ...more,
  };
}
