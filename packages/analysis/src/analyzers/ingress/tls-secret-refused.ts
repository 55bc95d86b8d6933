import type { EventView, IngressView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent } from '../../evidence/observe.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { liveIngresses } from './ingress-class.ts';

// Controllers word it differently: "secret x not found", "could not find TLS certificate x", "invalid certificate in x".
const REFUSED = /not (?:be )?found|not exist|doesn't exist|could not|cannot|missing|invalid|no such/i;

/** CHK-ING-907: the controller says that it cannot use the certificate of an Ingress. Secrets themselves are never read. */
export const tlsSecretRefused = defineAnalyzer({
  code: 'CHK-ING-907',
  title: 'Ingress whose certificate its controller cannot use',
  severity: 'warning',
  tier: 'service',
  reads: ['Ingress', 'Event'],
  standsAlone: true,
  sources: ['k8sgpt Ingress TLS secret missing', 'botkube ingress TLS secret invalid'],
  analyze: (index) =>
    liveIngresses(index).flatMap((ingress) => {
      const events = index
        .eventsOf(ingress)
        .filter(({ type, lastSeen }) => type === 'Warning' && index.takenAt - lastSeen < RECENT_MS);
      return ingress.tlsSecrets
        .flatMap((secret) => {
          const event = events.find((each) => refuses(each, secret));
          return event === undefined ? [] : [describe(ingress, secret, event)];
        })
        .map((each) => describeConfiguration(index, ingress, each));
    }),
});

function refuses(event: EventView, secret: string): boolean {
  const message = event.message.slice(0, 1_000);
  return (
    REFUSED.test(message) && message.split(/[^a-z0-9.-]+/i).some((word) => word.replace(/\.$/, '') === secret)
  );
}

function describe(ingress: IngressView, secret: string, event: EventView) {
  const name = toSingleLine(secret, 63);
  return {
    summary: `its controller cannot use the certificate in Secret ${name}`,
    field: 'spec.tls[].secretName',
    says: name,
    evidence: [observeEvent(event, ingress)],
    since: event.firstSeen,
    confidence: 'medium' as const,
    explanation: `The controller of Ingress ${ingress.name} reports ${event.reason} about Secret ${name}, so clients get another certificate or none.`,
    remedy: {
      label: 'Provide the certificate',
      advice: `See whether Secret ${name} exists in ${ingress.namespace} and holds a certificate with its key; if cert-manager makes it, look at its Certificate.`,
    },
  };
}
