import type { IngressView } from '@jamie/core';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { type IngressTarget, nameOfPath, targetsOf } from './ingress-backend.ts';
import { liveIngresses } from './ingress-class.ts';

/** CHK-ING-905: an Ingress sends to a port that its Service does not have. */
export const backendPortMissing = defineAnalyzer({
  code: 'CHK-ING-905',
  title: 'Ingress that sends to a port that the Service does not have',
  severity: 'critical',
  tier: 'service',
  reads: ['Ingress', 'Service'],
  standsAlone: true,
  sources: ['popeye 1402', 'botkube ingress backend invalid'],
  analyze: (index) => liveIngresses(index).flatMap((ingress) => describe(index, ingress)),
});

function describe(index: SnapshotIndex, ingress: IngressView) {
  const wrong = targetsOf(index, ingress).filter(lacksPort);
  const seen = new Set<string>();
  return wrong.flatMap(({ backend, service, name, port }) => {
    const key = `${name}:${port}`;
    if (service === undefined || seen.has(key)) return [];
    seen.add(key);
    const path = nameOfPath(backend);
    const ports = service.ports.map((each) =>
      each.name === '' ? `${each.port}` : `${each.name} (${each.port})`,
    );
    const has = ports.length === 0 ? 'it has no port' : `it has ${someOf(ports)}`;
    return [
      describeConfiguration(index, ingress, {
        summary: `sends ${path} to port ${port} of Service ${name}, which has no such port`,
        field: 'spec.rules[].http.paths[].backend.service.port',
        says: `${port} of Service ${name}; ${has}`,
        related: [refOf(service)],
        explanation: `Ingress ${ingress.name} sends ${path} to port ${port} of Service ${name}, which has no such port (${has}): those requests fail.`,
        remedy: {
          label: 'Correct the port',
          advice: `Let Ingress ${ingress.name} send to a port of Service ${name}: ${has}. Or add port ${port} to the Service.`,
        },
      }),
    ];
  });
}

function lacksPort({ backend, service }: IngressTarget): boolean {
  const port = backend.service?.port ?? '';
  // A name for a host elsewhere needs no ports.
  if (service === undefined || service.type === 'ExternalName' || port === '') return false;
  return !service.ports.some((each) => each.name === port || String(each.port) === port);
}
