import { refOf } from '../../snapshot/ref-of.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { selectsPods } from './service-endpoints.ts';

/** CHK-SVC-211: one pod stands behind a Service, so that every restart of it is an outage. */
export const singleEndpoint = defineAnalyzer({
  code: 'CHK-SVC-211',
  title: 'Service with one pod behind it',
  severity: 'info',
  tier: 'service',
  reads: ['Service', 'Pod'],
  lint: true,
  sources: ['popeye 1109'],
  analyze: (index) =>
    index.services.filter(selectsPods).flatMap((service) => {
      const [pod, ...others] = index.podsSelectedBy(service).filter(({ phase }) => phase === 'Running');
      if (pod === undefined || others.length > 0) return [];
      return [
        describeConfiguration(index, service, {
          summary: 'one pod stands behind it',
          field: 'spec.selector',
          says: `1 pod: ${pod.name}`,
          related: [refOf(pod)],
          explanation: `Only Pod ${pod.name} stands behind Service ${service.name}: while it restarts or moves, requests fail.`,
          remedy: {
            label: 'Run a second pod',
            advice: `Where an outage of Service ${service.name} matters, scale its workload to 2 or more.`,
          },
        }),
      ];
    }),
});
