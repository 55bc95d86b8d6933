import { formatLabels } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { unsecuredPods } from './unsecured-pods.ts';

/** CHK-NET-959: no policy limits what comes into pods or goes out of them. */
export const podsUnsecured = defineAnalyzer({
  code: 'CHK-NET-959',
  title: 'pods that no network policy limits',
  severity: 'info',
  tier: 'service',
  reads: ['Pod', 'NetworkPolicy'],
  helpedBy: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  lint: true,
  sources: ['popeye 1205'],
  analyze: (index) =>
    unsecuredPods(index)
      .filter(({ ingress, egress }) => ingress && egress)
      .map(({ view, pod }) =>
        describeConfiguration(index, view, {
          summary: 'no network policy limits what its pods send and receive',
          field: 'metadata.labels',
          says: `${formatLabels(pod.labels)} is selected by no such policy`,
          explanation: `No network policy selects the pods of ${view.kind} ${view.name}: every pod of the cluster reaches them, and they reach everything.`,
          remedy: {
            label: 'Add a network policy',
            advice: `Add a NetworkPolicy in ${view.namespace} that admits what the pods of ${view.name} need; begin with one that closes both directions.`,
          },
        }),
      ),
});
