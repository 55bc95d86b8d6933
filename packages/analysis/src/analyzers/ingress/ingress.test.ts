import {
  type AnyView,
  anEvent,
  anIngress,
  anIngressClass,
  aService,
  aSnapshot,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';
import { buildSnapshotIndex } from '../../snapshot/snapshot-index.ts';
import type { Analyzer } from '../define-analyzer.ts';
import { backendPortMissing } from './backend-port-missing.ts';
import { backendServiceMissing } from './backend-service-missing.ts';
import { backendWithoutPort } from './backend-without-port.ts';
import { ingressClassMissing } from './ingress-class-missing.ts';
import { ingressPortError } from './ingress-port-error.ts';
import { ingressWithoutAddress } from './ingress-without-address.ts';
import { ingressWithoutClass } from './ingress-without-class.ts';
import { numericBackendPort } from './numeric-backend-port.ts';
import { severalDefaultClasses } from './several-default-classes.ts';
import { tlsSecretRefused } from './tls-secret-refused.ts';

const NGINX = anIngressClass('nginx');
const SHOP = anIngress('shop');
const SERVICE = aService('shop');
const YOUNG = { createdAt: SNAPSHOT_TIME - 5_000 };
const to = (name: string, port: string) =>
  anIngress('shop', { backends: [{ host: 'shop.example', path: '/', service: { name, port } }] });

function found(analyzer: Analyzer, ...views: readonly AnyView[]): readonly string[] {
  return analyzer
    .analyze(buildSnapshotIndex(aSnapshot().with(views).build()))
    .map(({ subject, severity, summary }) => `${severity} ${subject.kind} ${subject.name}: ${summary}`);
}

const TLS = anIngress('shop', { tlsSecrets: ['shop-tls'] });
const missingSecret = (message: string, more: object = {}) => anEvent(TLS, 'Sync', message, more);

describe('Ingress analyzers', () => {
  it.each<[string, Analyzer, readonly AnyView[], string]>([
    [
      'a class that does not exist',
      ingressClassMissing,
      [NGINX, anIngress('shop', { className: 'ngnix', addresses: 0 })],
      'critical Ingress shop: names IngressClass ngnix, which does not exist',
    ],
    [
      'a class that went while the Ingress had an address, more mildly',
      ingressClassMissing,
      [SHOP],
      'warning Ingress shop: names IngressClass nginx, which does not exist',
    ],
    [
      'no class and no default',
      ingressWithoutClass,
      [NGINX, anIngress('shop', { className: '', addresses: 0 })],
      'warning Ingress shop: names no class, there is no default class, and it has no address',
    ],
    [
      'two default classes',
      severalDefaultClasses,
      [anIngressClass('b', { isDefault: true }), anIngressClass('a', { isDefault: true })],
      'warning IngressClass a: is one of 2 default classes: a and b',
    ],
    [
      'a backend that is not there',
      backendServiceMissing,
      [to('cart', '80'), SERVICE],
      'critical Ingress shop: sends shop.example/ to Service cart, which does not exist',
    ],
    [
      'a port by number that the Service lacks',
      backendPortMissing,
      [to('shop', '8080'), SERVICE],
      'critical Ingress shop: sends shop.example/ to port 8080 of Service shop, which has no such port',
    ],
    [
      'a port by name that the Service lacks',
      backendPortMissing,
      [to('shop', 'web'), SERVICE],
      'critical Ingress shop: sends shop.example/ to port web of Service shop, which has no such port',
    ],
    [
      'a port that the load balancer cannot open',
      ingressPortError,
      [anIngress('shop', { portErrors: ['443: PortInUse'] })],
      'critical Ingress shop: its load balancer cannot open port 443: PortInUse',
    ],
    [
      'a certificate that the controller misses',
      tlsSecretRefused,
      [TLS, missingSecret('Translation failed: secret "shop/shop-tls" does not exist: shop-tls.')],
      'warning Ingress shop: its controller cannot use the certificate in Secret shop-tls',
    ],
    [
      'no address where a sibling has one',
      ingressWithoutAddress,
      [SHOP, anIngress('cart', { addresses: 0 })],
      'warning Ingress cart: has had no address for 24 h, although Ingress shop of the same class has one',
    ],
    [
      'a number where the port has a name',
      numericBackendPort,
      [SHOP, SERVICE],
      'info Ingress shop: names a port by its number: 80 of Service shop is http',
    ],
    [
      'no port at all',
      backendWithoutPort,
      [to('shop', ''), SERVICE],
      'warning Ingress shop: sends shop.example/ to Service shop without a port',
    ],
  ])('tell of %s', (_what, analyzer, views, expected) => {
    expect(found(analyzer, ...views)).toEqual([expected]);
  });

  it.each<[string, Analyzer, readonly AnyView[]]>([
    ['a class that exists', ingressClassMissing, [SHOP, NGINX]],
    [
      'the old annotation, which needs no class',
      ingressClassMissing,
      [anIngress('shop', { className: 'alb', classByAnnotation: true, addresses: 0 })],
    ],
    ['a class that is about to be made', ingressClassMissing, [anIngress('shop', YOUNG)]],
    [
      'no class where there is a default',
      ingressWithoutClass,
      [anIngressClass('nginx', { isDefault: true }), anIngress('shop', { className: '', addresses: 0 })],
    ],
    ['no class where somebody serves it', ingressWithoutClass, [anIngress('shop', { className: '' })]],
    ['one default class', severalDefaultClasses, [anIngressClass('a', { isDefault: true }), NGINX]],
    ['backends that are there', backendServiceMissing, [SHOP, SERVICE]],
    [
      'a backend that is an object of another kind',
      backendServiceMissing,
      [anIngress('shop', { backends: [{ host: '', path: '/files' }] })],
    ],
    ['an action of the AWS controller', backendServiceMissing, [to('ssl-redirect', 'use-annotation')]],
    ['an Ingress that goes', backendServiceMissing, [{ ...to('cart', '80'), deletingSince: SNAPSHOT_TIME }]],
    ['a port by name', backendPortMissing, [to('shop', 'http'), SERVICE]],
    ['a port by number', backendPortMissing, [SHOP, SERVICE]],
    ['a Service that is not there, which is told by itself', backendPortMissing, [SHOP]],
    [
      'a host elsewhere',
      backendPortMissing,
      [SHOP, aService('shop', { type: 'ExternalName', ports: [], externalName: 'shop.example.com' })],
    ],
    ['ports that are open', ingressPortError, [SHOP]],
    ['an event about another Secret', tlsSecretRefused, [TLS, missingSecret('secret other-tls not found')]],
    ['an event about something else', tlsSecretRefused, [TLS, missingSecret('reloaded shop-tls')]],
    [
      'an event of the past',
      tlsSecretRefused,
      [TLS, missingSecret('secret shop-tls not found', { lastSeen: SNAPSHOT_TIME - 3_600_000 })],
    ],
    ['a controller that publishes no address', ingressWithoutAddress, [anIngress('cart', { addresses: 0 })]],
    ['a young Ingress', ingressWithoutAddress, [SHOP, anIngress('cart', { addresses: 0, ...YOUNG })]],
    ['a port by name, again', numericBackendPort, [to('shop', 'http'), SERVICE]],
    [
      'a path to an object of another kind',
      backendWithoutPort,
      [anIngress('a', { backends: [{ host: '', path: '/' }] })],
    ],
  ])('are silent about %s', (_what, analyzer, views) => {
    expect(found(analyzer, ...views)).toEqual([]);
  });

  it('make one cause of two Ingresses that send to the same missing Service', () => {
    const other = { ...to('cart', '80'), name: 'other', uid: 'other' };
    const { causes } = diagnose(
      aSnapshot()
        .with([NGINX, SERVICE, to('cart', '80'), other])
        .build(),
      {
        kind: 'cluster',
      },
    );
    expect(causes.filter(({ root }) => root.code === 'CHK-ING-904')).toHaveLength(1);
  });

  it('take a missing address for a consequence of a missing class', () => {
    const failed = anIngress('shop', { className: 'gone', addresses: 0 });
    const peer = anIngress('peer', { className: 'gone' });
    const { causes } = diagnose(aSnapshot().with([failed, peer]).build(), { kind: 'object', ref: failed });
    const cause = causes.find(({ root }) => root.code === 'CHK-ING-901' && root.subject.name === 'shop');
    expect(cause?.consequences.map(({ code }) => code)).toContain('CHK-ING-908');
  });
});
