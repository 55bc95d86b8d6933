import { toSingleLine } from '../../evidence/cluster-text.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { selectsPods } from './service-endpoints.ts';
import { findTarget, isNumbered, nameOfPort, selectedSpecs } from './target-ports.ts';

/** CHK-SVC-206: a Service sends to a number although the container port has a name that could change with it. */
export const numericTargetPort = defineAnalyzer({
  code: 'CHK-SVC-206',
  title: 'Service that sends to a port by its number although it has a name',
  severity: 'info',
  tier: 'service',
  reads: ['Service', 'Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  lint: true,
  sources: ['popeye 1102'],
  analyze: (index) =>
    index.services.filter(selectsPods).flatMap((service) => {
      const specs = selectedSpecs(index, service);
      return service.ports.filter(isNumbered).flatMap((port) => {
        const name = specs.map((spec) => findTarget(spec, port)?.name ?? '').find((each) => each !== '');
        if (name === undefined) return [];
        const target = toSingleLine(name, 63);
        return [
          describeConfiguration(index, service, {
            summary: `port ${nameOfPort(port)} sends to ${port.targetPort}, which has the name ${target}`,
            field: `spec.ports[${nameOfPort(port)}].targetPort`,
            says: port.targetPort,
            explanation: `Port ${nameOfPort(port)} of Service ${service.name} sends to the number ${port.targetPort}; the container calls that port ${target}. By name, the number can change in one place.`,
            remedy: {
              label: 'Name the target port',
              advice: `Set targetPort of port ${nameOfPort(port)} of Service ${service.name} to ${target}.`,
            },
          }),
        ];
      });
    }),
});
