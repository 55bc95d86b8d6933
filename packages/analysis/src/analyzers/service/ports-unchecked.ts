import { someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { selectsPods } from './service-endpoints.ts';
import { nameOfPort, portsOf, selectedSpecs } from './target-ports.ts';

/** CHK-SVC-205: no container behind a Service declares a port, so its target ports cannot be compared with anything. */
export const portsUnchecked = defineAnalyzer({
  code: 'CHK-SVC-205',
  title: 'Service whose containers declare no port',
  severity: 'info',
  tier: 'service',
  reads: ['Service', 'Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  lint: true,
  sources: ['popeye 1101'],
  analyze: (index) =>
    index.services.filter(selectsPods).flatMap((service) => {
      const specs = selectedSpecs(index, service);
      if (specs.length === 0 || specs.some((spec) => portsOf(spec).length > 0)) return [];
      return [
        describeConfiguration(index, service, {
          summary: 'no container behind it declares a port, so its target ports cannot be checked',
          field: 'spec.ports',
          says: someOf(service.ports.map((port) => `${nameOfPort(port)} → ${port.targetPort}`)),
          explanation: `The containers behind Service ${service.name} declare no port, so nothing tells whether its target ports are right.`,
          remedy: {
            label: 'Declare the ports',
            advice: `Declare the ports of the containers behind Service ${service.name}, with names, and let targetPort name them.`,
          },
        }),
      ];
    }),
});
