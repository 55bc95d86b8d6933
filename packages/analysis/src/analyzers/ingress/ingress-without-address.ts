import type { IngressView } from '@jamie/core';
import { observeEvent } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { INGRESS_GRACE_MS, RECENT_MS } from '../../thresholds.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { liveIngresses } from './ingress-class.ts';

/**
 * CHK-ING-908: an Ingress has no address although others of its class have one, or its controller reports a failure. Without
 * either it is silent: not every controller publishes addresses.
 */
export const ingressWithoutAddress = defineAnalyzer({
  code: 'CHK-ING-908',
  title: 'Ingress that gets no address',
  severity: 'warning',
  tier: 'service',
  reads: ['Ingress'],
  helpedBy: ['Event'],
  standsAlone: true,
  explainedBy: ['CHK-ING-901', 'CHK-ING-907'],
  sources: ['HolmesGPT ingress class'],
  analyze: (index) => {
    const served = new Map<string, IngressView>();
    for (const ingress of liveIngresses(index)) {
      if (ingress.addresses > 0 && ingress.className !== '') served.set(ingress.className, ingress);
    }
    return liveIngresses(index)
      .filter(({ addresses, className }) => addresses === 0 && className !== '')
      .filter((ingress) => index.takenAt - ingress.createdAt >= INGRESS_GRACE_MS)
      .flatMap((ingress) => describe(index, ingress, served.get(ingress.className)));
  },
});

function describe(index: SnapshotIndex, ingress: IngressView, peer: IngressView | undefined) {
  const failure = index
    .eventsOf(ingress)
    .find(({ type, lastSeen }) => type === 'Warning' && index.takenAt - lastSeen < RECENT_MS);
  if (peer === undefined && failure === undefined) return [];
  const age = formatDuration(index.takenAt - ingress.createdAt);
  const why =
    failure === undefined
      ? `although Ingress ${peer?.name ?? ''} of the same class has one`
      : `and its controller reports ${failure.reason}`;
  return [
    describeConfiguration(index, ingress, {
      summary: `has had no address for ${age}, ${why}`,
      field: 'status.loadBalancer.ingress',
      says: 'no address',
      evidence: failure === undefined ? [] : [observeEvent(failure, ingress)],
      related: peer === undefined || failure !== undefined ? [] : [refOf(peer)],
      confidence: 'medium',
      explanation: `Ingress ${ingress.name} has had no address for ${age}, ${why}.`,
      remedy: {
        label: 'Read what the controller says',
        advice: `Look at the events of Ingress ${ingress.name} and at the log of the controller of class ${ingress.className}.`,
      },
    }),
  ];
}
