import { isPodReady } from '../../snapshot/conditions.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { liveAutoscalers, scaleTargetOf } from './scale-target.ts';

/** kube-prometheus, rule KubeHpaReplicasMismatch. */
const LAG_MS = 15 * 60_000;

/** CHK-HPA-1107: an autoscaler asked for another number of pods long ago, and its target does not have it. */
export const autoscalerLags = defineAnalyzer({
  code: 'CHK-HPA-1107',
  title: 'autoscaler whose target does not follow',
  severity: 'warning',
  tier: 'workload',
  reads: ['HorizontalPodAutoscaler', 'Deployment', 'StatefulSet'],
  helpedBy: ['Pod'],
  sources: ['Robusta KubeHpaReplicasMismatch'],
  analyze: (index) =>
    liveAutoscalers(index).flatMap((scaler) => {
      const { name, currentReplicas, desiredReplicas, lastScaledAt } = scaler;
      if (desiredReplicas === currentReplicas || lastScaledAt === 0) return [];
      if (index.takenAt - lastScaledAt < LAG_MS) return [];
      const target = scaleTargetOf(index, scaler);
      if (target.kind !== 'workload' || target.workload.replicas === 0) return [];
      const { workload } = target;
      const pods = index.podsOf(workload);
      // Pods that are there and not ready have a fault of their own that says more.
      if (pods.some((pod) => !isPodReady(pod))) return [];
      const ago = formatDuration(index.takenAt - lastScaledAt);
      return [
        observationOn(index, scaler, {
          field: 'status.desiredReplicas',
          value: `${desiredReplicas} wanted, ${currentReplicas} there; last scaled ${ago} ago`,
          summary: `wants ${desiredReplicas} pods and has ${currentReplicas}`,
          since: lastScaledAt,
          confidence: 'medium',
          related: [{ kind: workload.kind, namespace: workload.namespace, name: workload.name }],
          explanation: `Autoscaler ${name} asked for ${desiredReplicas} pods of ${workload.name} ${ago} ago, and there are ${currentReplicas}.`,
          remedies: [
            {
              label: `See why ${workload.name} stays at ${currentReplicas}`,
              advice: `Look whether something else sets the replicas of ${workload.name}, for example a GitOps controller, and whether new pods are refused.`,
            },
          ],
        }),
      ];
    }),
});
