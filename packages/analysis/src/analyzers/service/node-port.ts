import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';

/** CHK-SVC-208: a Service opens a port on every node. */
export const nodePort = defineAnalyzer({
  code: 'CHK-SVC-208',
  title: 'Service that opens a port on every node',
  severity: 'info',
  tier: 'service',
  reads: ['Service'],
  lint: true,
  sources: ['popeye 1104'],
  analyze: (index) =>
    index.services
      .filter((service) => service.type === 'NodePort')
      .map((service) =>
        describeConfiguration(index, service, {
          summary: 'opens a port on every node',
          field: 'spec.type',
          says: service.type,
          explanation: `Service ${service.name} opens a port on every node, for everybody who reaches the nodes.`,
          remedy: {
            label: 'See whether it needs a NodePort',
            advice: `Make Service ${service.name} ClusterIP where it is only used inside the cluster, or put an Ingress in front of it.`,
          },
        }),
      ),
});
