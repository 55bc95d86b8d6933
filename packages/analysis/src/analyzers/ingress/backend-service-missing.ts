import type { IngressView } from '@jamie/core';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { nameOfPath, targetsOf } from './ingress-backend.ts';
import { liveIngresses } from './ingress-class.ts';

/** CHK-ING-904: an Ingress sends to a Service that does not exist. */
export const backendServiceMissing = defineAnalyzer({
  code: 'CHK-ING-904',
  title: 'Ingress that sends to a Service that does not exist',
  severity: 'critical',
  tier: 'service',
  reads: ['Ingress', 'Service'],
  standsAlone: true,
  sources: ['k8sgpt Ingress backend service missing', 'popeye 1401', 'botkube ingress backend invalid'],
  analyze: (index) =>
    liveIngresses(index)
      .filter((ingress) => index.takenAt - ingress.createdAt >= READY_GRACE_MS)
      .flatMap((ingress) => describe(index, ingress)),
});

function describe(index: SnapshotIndex, ingress: IngressView) {
  const missing = targetsOf(index, ingress).filter(({ service }) => service === undefined);
  const names = [...new Set(missing.map(({ name }) => name))];
  return names.map((name) => {
    const paths = someOf(
      missing.filter((target) => target.name === name).map(({ backend }) => nameOfPath(backend)),
    );
    return describeConfiguration(index, ingress, {
      summary: `sends ${paths} to Service ${name}, which does not exist`,
      field: 'spec.rules[].http.paths[].backend.service.name',
      says: `${name} for ${paths}`,
      sharedKey: `${ingress.namespace}/${name}`,
      explanation: `Ingress ${ingress.name} sends ${paths} to Service ${name}, which does not exist in ${ingress.namespace}: those requests fail.`,
      remedy: {
        label: 'Correct the backend',
        advice: `Make Service ${name} in ${ingress.namespace}, or let Ingress ${ingress.name} send ${paths} to one that exists.`,
      },
    });
  });
}
