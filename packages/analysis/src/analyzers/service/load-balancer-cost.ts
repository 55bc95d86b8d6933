import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';

/** CHK-SVC-207: a Service has a load balancer of its own, which most clouds charge for. */
export const loadBalancerCost = defineAnalyzer({
  code: 'CHK-SVC-207',
  title: 'Service with a load balancer of its own',
  severity: 'info',
  tier: 'service',
  reads: ['Service'],
  lint: true,
  sources: ['popeye 1103'],
  analyze: (index) =>
    index.services
      .filter((service) => service.type === 'LoadBalancer')
      .map((service) =>
        describeConfiguration(index, service, {
          summary: 'has a load balancer of its own, which clouds charge for',
          field: 'spec.type',
          says: service.type,
          explanation: `Service ${service.name} has a load balancer of its own. Most clouds charge for each one, and it opens the Service to the network outside.`,
          remedy: {
            label: 'See whether it needs one',
            advice: `Where Service ${service.name} speaks HTTP, an Ingress can share one load balancer among many Services; where it is only used inside the cluster, make it ClusterIP.`,
          },
        }),
      ),
});
