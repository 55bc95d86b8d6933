import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-POD-175: no Service, budget or policy can select it. Pods of controllers always have labels. */
export const podWithoutLabels = defineAnalyzer({
  code: 'CHK-POD-175',
  title: 'pod without labels',
  severity: 'info',
  tier: 'workload',
  reads: ['Pod'],
  lint: true,
  sources: ['botkube pod without labels'],
  analyze: (index) =>
    index.pods
      .filter(({ labels, owner }) => owner === undefined && Object.keys(labels).length === 0)
      .map((pod) => ({
        subject: refOf(pod),
        summary: 'has no labels',
        since: pod.createdAt,
        evidence: [observeField(pod, 'metadata.labels', 'none', index.takenAt)],
        related: [],
        pods: [],
        explanation: `Pod ${pod.name} has no labels: no Service, disruption budget or NetworkPolicy can select it.`,
        confidence: 'high' as const,
        remedies: [
          { label: 'Label it', advice: `Give ${pod.name} the labels of the program that it belongs to.` },
        ],
        templateMayCauseIt: false,
      })),
});
