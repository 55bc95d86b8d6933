import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-POD-172: nothing makes it anew when it or its node goes. */
export const unmanagedPod = defineAnalyzer({
  code: 'CHK-POD-172',
  title: 'pod that no controller owns',
  severity: 'info',
  tier: 'workload',
  reads: ['Pod'],
  lint: true,
  sources: ['popeye 208'],
  analyze: (index) =>
    index.pods
      .filter(({ owner, phase }) => owner === undefined && phase !== 'Succeeded' && phase !== 'Failed')
      .map((pod) => ({
        subject: refOf(pod),
        summary: 'no controller owns it',
        since: pod.createdAt,
        evidence: [observeField(pod, 'metadata.ownerReferences', 'none', index.takenAt)],
        related: [],
        pods: [],
        explanation: `No controller owns Pod ${pod.name}: when it or its node goes, nothing makes it anew, and a drain refuses to move it.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Run it by a controller',
            advice: `Run ${pod.name} by a Deployment, or by a Job if it should end; delete it if it is left from a debugging session.`,
          },
        ],
        templateMayCauseIt: false,
      })),
});
