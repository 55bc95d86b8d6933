import { observeField } from '../../evidence/observe.ts';
import { podsOn } from '../../snapshot/pods-by-node.ts';
import { parseQuantity } from '../../snapshot/quantities.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { keepPodsAway } from './keep-pods-away.ts';

/** The share of KubeletTooManyPods: https://github.com/kubernetes-monitoring/kubernetes-mixin, alerts/kubelet.libsonnet. */
const CROWDED_SHARE = 0.95;

/** CHK-NODE-512: a node runs nearly as many pods as it may. */
export const crowdedNode = defineAnalyzer({
  code: 'CHK-NODE-512',
  title: 'node that runs nearly as many pods as it may',
  severity: 'warning',
  tier: 'node',
  standsAlone: true,
  reads: ['Node', 'Pod'],
  sources: ['Robusta KubeletTooManyPods'],
  analyze: (index) =>
    index.nodes.flatMap((node) => {
      const most = parseQuantity(node.allocatable['pods'] ?? '');
      if (most === undefined || most <= 1) return [];
      const pods = podsOn(index, node).filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
      if (pods.length <= CROWDED_SHARE * most) return [];
      return [
        {
          subject: refOf(node),
          summary: `runs ${pods.length} of at most ${most} pods`,
          since: index.takenAt,
          evidence: [
            observeField(node, 'status.allocatable.pods', `${most}, ${pods.length} in use`, index.takenAt),
          ],
          related: [],
          pods: [],
          explanation: `Node ${node.name} runs ${pods.length} of at most ${most} pods: it soon takes no more, whatever CPU and memory it has left.`,
          confidence: 'high' as const,
          remedies: [
            ...keepPodsAway(node),
            {
              label: 'Add nodes, or allow more pods on each',
              advice:
                'Add a node so that pods spread, or raise maxPods of the kubelet where the network plugin has addresses for more.',
            },
          ],
          templateMayCauseIt: false,
        },
      ];
    }),
});
