import type { IngressBackendView, IngressClassView, IngressView, KubeObject } from '@jamie/core';
import { annotationOf, toObjectView } from './object-view.ts';
import { listOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

const OLD_CLASS = 'kubernetes.io/ingress.class';
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

/** Projects an Ingress. The default backend comes first, without host and path. */
export function toIngressView(object: KubeObject, sharing: Sharing): IngressView {
  const spec = objectOf(object.spec);
  const loadBalancer = objectOf(objectOf(object.status)['loadBalancer']);
  const tls = listOf(spec['tls']).map(objectOf);
  const { defaultBackend } = spec;
  return {
    ...toObjectView('Ingress', object, sharing),
    className: sharing.text(spec['ingressClassName']) || annotationOf(object, OLD_CLASS),
    classByAnnotation: textOf(spec['ingressClassName']) === '' && annotationOf(object, OLD_CLASS) !== '',
    backends: [
      ...(defaultBackend === undefined ? [] : [toBackend('', '', defaultBackend)]),
      ...listOf(spec['rules']).map(objectOf).flatMap(backendsOf),
    ],
    tlsHosts: tls.flatMap((entry) => listOf(entry['hosts']).map(textOf)),
    tlsSecrets: tls.map((entry) => textOf(entry['secretName'])).filter((name) => name !== ''),
    addresses: listOf(loadBalancer['ingress']).length,
    portErrors: listOf(loadBalancer['ingress']).map(objectOf).flatMap(portErrorsOf),
  };
}

/** Projects an IngressClass. */
export function toIngressClassView(object: KubeObject, sharing: Sharing): IngressClassView {
  return {
    ...toObjectView('IngressClass', object, sharing),
    controller: textOf(objectOf(object.spec)['controller']),
    isDefault: annotationOf(object, DEFAULT_CLASS) === 'true',
  };
}

function portErrorsOf(address: RawObject): readonly string[] {
  return listOf(address['ports'])
    .map(objectOf)
    .filter((port) => textOf(port['error']) !== '')
    .map((port) => `${String(port['port'])}: ${textOf(port['error'])}`);
}

function backendsOf(rule: RawObject): readonly IngressBackendView[] {
  const paths = listOf(objectOf(rule['http'])['paths']).map(objectOf);
  return paths.map((path) => toBackend(textOf(rule['host']), textOf(path['path']), path['backend']));
}

function toBackend(host: string, path: string, value: unknown): IngressBackendView {
  const { service } = objectOf(value);
  if (service === undefined) return { host, path };
  const { name, port } = objectOf(service);
  const { number, name: portName } = objectOf(port);
  return {
    host,
    path,
    service: { name: textOf(name), port: typeof number === 'number' ? String(number) : textOf(portName) },
  };
}
