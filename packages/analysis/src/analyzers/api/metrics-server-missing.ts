import { observeField } from '../../evidence/observe.ts';
import { apiServices } from '../../snapshot/api-services.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** Registered by metrics-server, and by whatever stands in for it. */
const METRICS = /\.metrics\.k8s\.io$/;

/** CHK-API-1302: nobody measures what pods and nodes use. */
export const metricsServerMissing = defineAnalyzer({
  code: 'CHK-API-1302',
  title: 'cluster without a metrics server',
  severity: 'info',
  tier: 'service',
  lint: true,
  reads: ['APIService'],
  sources: ['popeye 402'],
  analyze: (index) => {
    const apis = apiServices(index);
    const [first] = apis;
    // An API server that tells of no API at all does not tell which are missing either.
    if (first === undefined || apis.some(({ name }) => METRICS.test(name))) return [];
    return [
      {
        subject: refOf(first),
        summary: 'none of the APIs of the cluster is metrics.k8s.io',
        since: index.takenAt,
        evidence: [
          observeField(
            first,
            'APIServices',
            `${countOf(apis.length, 'API')}, none of metrics.k8s.io`,
            index.takenAt,
          ),
        ],
        related: [],
        pods: [],
        explanation: `None of the ${countOf(apis.length, 'API')} of the cluster is metrics.k8s.io: autoscalers cannot scale by CPU or memory, and kubectl top says nothing.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Install metrics-server',
            advice: 'It is small, and HorizontalPodAutoscalers by CPU or memory need it.',
          },
        ],
        templateMayCauseIt: false,
      },
    ];
  },
});
