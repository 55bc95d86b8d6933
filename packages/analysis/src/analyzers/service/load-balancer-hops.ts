import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';

/** CHK-SVC-209: a load balancer sends to nodes without a pod, which costs a hop and the address of the client. */
export const loadBalancerHops = defineAnalyzer({
  code: 'CHK-SVC-209',
  title: 'load balancer that sends by way of any node',
  severity: 'info',
  tier: 'service',
  reads: ['Service'],
  lint: true,
  sources: ['popeye 1107'],
  analyze: (index) =>
    index.services
      .filter((service) => service.type === 'LoadBalancer' && service.externalTrafficPolicy === 'Cluster')
      .map((service) =>
        describeConfiguration(index, service, {
          summary: 'sends by way of any node, which hides the address of the client',
          field: 'spec.externalTrafficPolicy',
          says: service.externalTrafficPolicy,
          explanation: `The load balancer of Service ${service.name} sends by way of any node (externalTrafficPolicy Cluster). That is one hop more, and its pods do not see the address of the client.`,
          remedy: {
            label: 'Send only to nodes with a pod',
            advice: `Where its pods are spread over the nodes, set externalTrafficPolicy of Service ${service.name} to Local.`,
          },
        }),
      ),
});
