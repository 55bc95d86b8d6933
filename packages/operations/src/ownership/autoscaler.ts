import type { HorizontalPodAutoscalerView, WriteRequest } from '@jamie/core';
import type { FindManager } from './manager-facts.ts';

const REPLICAS = '/spec/replicas';
/** The label by which KEDA marks the autoscaler of a ScaledObject (keda.sh/docs/latest/concepts/scaling-deployments). */
const SCALED_OBJECT = 'scaledobject.keda.sh/name';

/** The HorizontalPodAutoscaler that sets the replicas of a workload, where the change writes them. */
export const findAutoscaler: FindManager = ({ ref, request, written, snapshot }) => {
  if (!written.includes(REPLICAS)) return undefined;
  const autoscaler = snapshot.objects.HorizontalPodAutoscaler.find(
    ({ namespace, target }) =>
      namespace === ref.namespace && target.kind === ref.kind && target.name === ref.name,
  );
  if (autoscaler === undefined) return undefined;
  const scaledObject = autoscaler.labels[SCALED_OBJECT];
  const bounds = `${autoscaler.minReplicas} to ${autoscaler.maxReplicas}`;
  return {
    kind: 'autoscaler',
    name:
      scaledObject === undefined
        ? `HorizontalPodAutoscaler ${autoscaler.name}`
        : `KEDA ScaledObject ${scaledObject}`,
    ref,
    evidence:
      scaledObject === undefined
        ? `HorizontalPodAutoscaler ${autoscaler.name} scales it from ${bounds}`
        : `label ${SCALED_OBJECT}=${scaledObject} of HorizontalPodAutoscaler ${autoscaler.name}`,
    // Scaled to zero it is switched off, and stays so.
    reverts: replicasOf(request) !== 0,
    advice:
      scaledObject === undefined
        ? `Change the bounds instead: ${boundsCommand(autoscaler, replicasOf(request))}`
        : `Change minReplicaCount and maxReplicaCount of ScaledObject ${scaledObject} instead.`,
  };
};

/** The command that lets the autoscaler run as many as were asked for. */
function boundsCommand(
  { name, namespace, minReplicas, maxReplicas }: HorizontalPodAutoscalerView,
  wanted: number | undefined,
): string {
  const bounds =
    wanted !== undefined && wanted > maxReplicas
      ? `--max ${wanted}`
      : wanted !== undefined && wanted < minReplicas
        ? `--min ${Math.max(1, wanted)}`
        : wanted === undefined
          ? `--min ${minReplicas} --max ${maxReplicas}`
          : `--min ${Math.max(1, wanted)}`;
  return `autoscale hpa/${name} ${bounds} -n ${namespace}`;
}

function replicasOf(request: WriteRequest): number | undefined {
  if (request.verb !== 'patch') return undefined;
  const value = request.patch.flatMap((operation) =>
    operation.op !== 'remove' && operation.op !== 'test' && operation.path === REPLICAS
      ? [operation.value]
      : [],
  )[0];
  return typeof value === 'number' ? value : undefined;
}
