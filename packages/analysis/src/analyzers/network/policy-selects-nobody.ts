import { labelledPods } from '../../snapshot/labelled-pods.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { formatSelector } from './format-selector.ts';
import { livePolicies } from './pod-policies.ts';

/** CHK-NET-954: a policy selects no pod, and none that a workload would make. */
export const policySelectsNobody = defineAnalyzer({
  code: 'CHK-NET-954',
  title: 'network policy that selects no pod',
  severity: 'info',
  tier: 'service',
  reads: ['NetworkPolicy', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  lint: true,
  sources: ['k8sgpt NetworkPolicy matches none', 'popeye 1200'],
  analyze: (index) =>
    livePolicies(index)
      .filter(({ namespace, pods }) => labelledPods(index).mayExist(namespace, pods) === false)
      .map((policy) =>
        describeConfiguration(index, policy, {
          summary: 'selects no pod, so it protects nothing',
          field: 'spec.podSelector',
          says: formatSelector(policy.pods),
          explanation: `NetworkPolicy ${policy.name} selects no pod in ${policy.namespace}, and no workload there makes one that it would.`,
          remedy: {
            label: 'Correct the selector or delete the policy',
            advice: `Correct podSelector of NetworkPolicy ${policy.name}, or delete the policy if what it protected is gone.`,
          },
        }),
      ),
});
