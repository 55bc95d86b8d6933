import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';

/** CHK-SVC-210: a NodePort answers only on the nodes that run a pod of it. */
export const nodePortLocal = defineAnalyzer({
  code: 'CHK-SVC-210',
  title: 'NodePort that answers only on some nodes',
  severity: 'info',
  tier: 'service',
  reads: ['Service'],
  lint: true,
  sources: ['popeye 1108'],
  analyze: (index) =>
    index.services
      .filter((service) => service.type === 'NodePort' && service.externalTrafficPolicy === 'Local')
      .map((service) =>
        describeConfiguration(index, service, {
          summary: 'answers only on the nodes that run a pod of it',
          field: 'spec.externalTrafficPolicy',
          says: service.externalTrafficPolicy,
          explanation: `Service ${service.name} answers only on nodes that run a pod of it (externalTrafficPolicy Local). Requests to its port on another node are dropped.`,
          remedy: {
            label: 'See whether every node should answer',
            advice: `Set externalTrafficPolicy of Service ${service.name} to Cluster, or send requests only to nodes that run a pod of it.`,
          },
        }),
      ),
});
