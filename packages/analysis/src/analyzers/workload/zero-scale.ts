import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { shortName } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-WKL-307: it runs nothing. Behind a Service, and with proof of better days, CHK-WKL-305 says so as a fault. */
export const zeroScale = defineAnalyzer({
  code: 'CHK-WKL-307',
  title: 'workload that is scaled to zero',
  severity: 'info',
  tier: 'workload',
  reads: ['Deployment', 'StatefulSet'],
  lint: true,
  sources: ['popeye 500'],
  analyze: (index) =>
    index.workloads
      .filter(
        ({ kind, replicas, deletingSince }) =>
          kind !== 'DaemonSet' && replicas === 0 && deletingSince === undefined,
      )
      .map((workload) => ({
        subject: refOf(workload),
        summary: 'is scaled to 0',
        since: workload.createdAt,
        evidence: [observeField(workload, 'spec.replicas', '0', index.takenAt)],
        related: [],
        pods: [],
        explanation: `${shortName(refOf(workload))} is scaled to 0: it runs nothing, and nobody is told when its configuration goes out of date.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Delete it, or scale it up',
            advice: `Delete ${workload.name} if nobody needs it any more; its manifest can stay in version control.`,
          },
        ],
        templateMayCauseIt: false,
      })),
});
