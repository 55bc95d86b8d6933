import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { countOf, shortName } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/**
 * CHK-WKL-310: pods of a DaemonSet run on nodes that it no longer means. A node that was tainted or labelled anew keeps what
 * runs on it, so this is hygiene, not a fault.
 */
export const daemonPodsMisscheduled = defineAnalyzer({
  code: 'CHK-WKL-310',
  title: 'DaemonSet with pods on nodes where none should run',
  severity: 'info',
  tier: 'workload',
  reads: ['DaemonSet'],
  lint: true,
  sources: ['Robusta K8sMisscheduled'],
  analyze: (index) =>
    index.workloads
      .filter(({ misscheduledPods, deletingSince }) => misscheduledPods > 0 && deletingSince === undefined)
      .map((workload) => {
        const pods = countOf(workload.misscheduledPods, 'pod');
        const run = workload.misscheduledPods === 1 ? 'runs' : 'run';
        return {
          subject: refOf(workload),
          summary: `${pods} ${run} on nodes where none should run`,
          since: index.takenAt,
          evidence: [
            observeField(
              workload,
              'status.numberMisscheduled',
              String(workload.misscheduledPods),
              index.takenAt,
            ),
          ],
          related: [],
          pods: [],
          explanation: `${pods} of ${shortName(refOf(workload))} ${run} on nodes that its node selector, affinity or tolerations no longer fit: they stay until they end, and are not made anew there.`,
          confidence: 'high' as const,
          remedies: [
            {
              label: 'Correct the selector or tolerations, or delete those pods',
              advice: `Where the nodes were tainted or labelled anew on purpose, delete the pods of ${workload.name} on them; otherwise correct its node selector or tolerations.`,
            },
          ],
          templateMayCauseIt: false,
        };
      }),
});
