import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { selectsPods } from './service-endpoints.ts';
import { findTarget, isNumbered, nameOfPort, portsOf, selectedSpecs } from './target-ports.ts';

/** CHK-SVC-204: a Service sends to a number that no container declares. It works where something listens there all the same. */
export const targetPortUndeclared = defineAnalyzer({
  code: 'CHK-SVC-204',
  title: 'Service that sends to a port number that its containers do not declare',
  severity: 'info',
  tier: 'service',
  reads: ['Service', 'Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  lint: true,
  sources: ['popeye 1106'],
  analyze: (index) =>
    index.services.filter(selectsPods).flatMap((service) => {
      const specs = selectedSpecs(index, service).filter((spec) => portsOf(spec).length > 0);
      const ports = service.ports.filter(
        (port) => isNumbered(port) && specs.some((spec) => findTarget(spec, port) === undefined),
      );
      return ports.map((port) => {
        const target = `${port.targetPort} (${port.protocol})`;
        return describeConfiguration(index, service, {
          summary: `port ${nameOfPort(port)} sends to ${target}, which a container behind it does not declare`,
          field: `spec.ports[${nameOfPort(port)}].targetPort`,
          says: target,
          confidence: 'low',
          explanation: `Port ${nameOfPort(port)} of Service ${service.name} sends to ${target}. The containers behind it declare other ports, so perhaps nothing listens there.`,
          remedy: {
            label: 'Declare the port or correct the number',
            advice: `See whether the containers behind Service ${service.name} listen on ${target}; declare that port in the pod template, or correct targetPort.`,
          },
        });
      });
    }),
});
