import { X509Certificate } from 'node:crypto';
import type { KubeObject, ServiceReferenceView, WebhookConfigurationView, WebhookView } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { listOf, numberOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** The API server's own defaults. */
const DEFAULT_TIMEOUT_S = 10;
const HTTPS = 443;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu;
/** A bundle is a handful of certificates; one that is made to cost time is not read to its end. */
const MOST_CERTIFICATES = 20;

/** Projects a ValidatingWebhookConfiguration or a MutatingWebhookConfiguration. */
export function toWebhookConfigurationView<K extends WebhookConfigurationView['kind']>(kind: K) {
  return (object: KubeObject, sharing: Sharing): WebhookConfigurationView => ({
    ...toObjectView(kind, object, sharing),
    webhooks: listOf(object['webhooks']).map((item) => toWebhook(objectOf(item))),
  });
}

/** A Service that something is reached through. */
export function toServiceReference(value: unknown): ServiceReferenceView | undefined {
  if (value === undefined || value === null) return undefined;
  const { namespace, name, port } = objectOf(value);
  return { namespace: textOf(namespace), name: textOf(name), port: numberOf(port, HTTPS) };
}

function toWebhook(webhook: RawObject): WebhookView {
  const { service, caBundle } = objectOf(webhook['clientConfig']);
  const reference = toServiceReference(service);
  const certificateExpiresAt = firstExpiryOf(textOf(caBundle));
  return {
    name: textOf(webhook['name']),
    ...(reference !== undefined && { service: reference }),
    failurePolicy: webhook['failurePolicy'] === 'Ignore' ? 'Ignore' : 'Fail',
    timeoutSeconds: numberOf(webhook['timeoutSeconds'], DEFAULT_TIMEOUT_S),
    calledFor: listOf(webhook['rules']).flatMap((rule) => callsOf(objectOf(rule))),
    ...(certificateExpiresAt !== undefined && { certificateExpiresAt }),
  };
}

function callsOf(rule: RawObject): readonly string[] {
  const operations = listOf(rule['operations']).map(textOf);
  const resources = listOf(rule['resources']).map(textOf);
  return operations.flatMap((operation) =>
    resources.map((resource) => `${operation.toLowerCase()} ${resource}`),
  );
}

function firstExpiryOf(caBundle: string): number | undefined {
  const certificates = Buffer.from(caBundle, 'base64').toString('latin1').match(CERTIFICATE) ?? [];
  const expiries = certificates.slice(0, MOST_CERTIFICATES).flatMap((certificate) => expiryOf(certificate));
  return expiries.length === 0 ? undefined : Math.min(...expiries);
}

/** What is no certificate says nothing about when one expires. */
function expiryOf(certificate: string): readonly number[] {
  try {
    return [new X509Certificate(certificate).validToDate.getTime()];
  } catch {
    return [];
  }
}
