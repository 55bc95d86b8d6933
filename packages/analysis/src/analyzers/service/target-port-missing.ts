import type { PodSpecView, ServicePortView, ServiceView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { listOf, someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import type { Observation } from '../fault.ts';
import { selectsPods } from './service-endpoints.ts';
import { findTarget, isNumbered, nameOfPort, portsOf, selectedSpecs } from './target-ports.ts';

/**
 * CHK-SVC-203: a Service sends to a port by a name that its pods do not have, so it has no endpoint for that port. A number
 * needs no declaration, and a headless Service sends nothing itself.
 */
export const targetPortMissing = defineAnalyzer({
  code: 'CHK-SVC-203',
  title: 'Service that sends to a port name that its pods do not have',
  severity: 'critical',
  tier: 'service',
  reads: ['Service', 'Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  standsAlone: true,
  sources: ['popeye 1106', 'HolmesGPT service discovery'],
  analyze: (index) =>
    index.services
      .filter((service) => selectsPods(service) && service.clusterIp !== 'None')
      .flatMap((service) => describe(index, service)),
});

function describe(index: SnapshotIndex, service: ServiceView): readonly Observation[] {
  const specs = selectedSpecs(index, service);
  return service.ports.flatMap((port) => {
    if (isNumbered(port) || port.targetPort === '') return [];
    const lacking = specs.filter((spec) => findTarget(spec, port) === undefined);
    return lacking.length === 0 ? [] : [describePort(index, service, port, lacking, specs)];
  });
}

function describePort(
  index: SnapshotIndex,
  service: ServiceView,
  port: ServicePortView,
  lacking: readonly PodSpecView[],
  specs: readonly PodSpecView[],
): Observation {
  const target = `${toSingleLine(port.targetPort, 63)} (${port.protocol})`;
  const names = namesIn(lacking);
  const isWhole = lacking.length === specs.length;
  const has = names.length === 0 ? 'they name no port' : `they name ${someOf(names)}`;
  const who = isWhole ? 'which none of its pods has' : 'which some of its pods lack';
  return describeConfiguration(index, service, {
    severity: isWhole ? 'critical' : 'warning',
    summary: `port ${nameOfPort(port)} sends to a port named ${target}, ${who}`,
    field: `spec.ports[${nameOfPort(port)}].targetPort`,
    says: `${target}; ${has}`,
    explanation: `Port ${nameOfPort(port)} of Service ${service.name} sends to the port named ${target}, ${who}: ${has}. ${
      isWhole ? 'Requests to that port fail.' : 'Those pods get no request.'
    }`,
    remedy: {
      label: 'Correct the target port',
      advice: `Make targetPort of port ${nameOfPort(port)} of Service ${service.name} ${
        names.length === 0
          ? 'the number on which its containers listen'
          : `one of ${listOf(names.slice(0, 5))}`
      }, or name the port of the container ${toSingleLine(port.targetPort, 63)}.`,
    },
  });
}

function namesIn(specs: readonly PodSpecView[]): readonly string[] {
  const named = specs.flatMap(portsOf).filter(({ name }) => name !== '');
  return [...new Set(named.map(({ name, protocol }) => `${toSingleLine(name, 63)} (${protocol})`))].sort();
}
