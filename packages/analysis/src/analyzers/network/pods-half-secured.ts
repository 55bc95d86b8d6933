import { formatLabels } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { unsecuredPods } from './unsecured-pods.ts';

/** CHK-NET-958: policies close one direction of pods and leave the other open. */
export const podsHalfSecured = defineAnalyzer({
  code: 'CHK-NET-958',
  title: 'pods that network policies leave open in one direction',
  severity: 'info',
  tier: 'service',
  reads: ['Pod', 'NetworkPolicy'],
  helpedBy: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  lint: true,
  sources: ['popeye 1204'],
  analyze: (index) =>
    unsecuredPods(index)
      .filter(({ ingress, egress }) => ingress !== egress)
      .map(({ view, pod, ingress }) =>
        describeConfiguration(index, view, {
          summary: `no network policy limits what ${ingress ? 'comes into' : 'goes out of'} its pods`,
          field: 'metadata.labels',
          says: `${formatLabels(pod.labels)} is selected by no such policy`,
          explanation: `Network policies limit only what ${ingress ? 'goes out of' : 'comes into'} the pods of ${view.kind} ${view.name}; the other direction is open.`,
          remedy: {
            label: 'Add a network policy',
            advice: `Add a NetworkPolicy in ${view.namespace} that admits what the pods of ${view.name} need; begin with one that closes both directions.`,
          },
        }),
      ),
});
