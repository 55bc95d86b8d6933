import type { HorizontalPodAutoscaler } from '../batch-objects.ts';
import type { StoredObject } from '../objects.ts';
import { RESOURCES } from '../store/resources.ts';
import { setCondition, type World, writeObject, writeStatus } from './world.ts';

interface Sized extends StoredObject {
  readonly spec: { readonly replicas: number };
}

/**
 * Keeps the replicas of a target between the bounds of its autoscaler. There are no metrics behind it: within the bounds
 * nothing moves. As with the real one, a target of no replicas is switched off.
 */
export function reconcileAutoscaler(world: World, autoscaler: HorizontalPodAutoscaler): void {
  const { scaleTargetRef, minReplicas, maxReplicas } = autoscaler.spec;
  const plural = RESOURCES.find(({ kind }) => kind === scaleTargetRef.kind)?.plural ?? '';
  const { namespace } = autoscaler.metadata;
  const target = world.store.get(plural, namespace, scaleTargetRef.name) as Sized | undefined;
  if (target === undefined || target.spec.replicas === 0) return;
  const current = target.spec.replicas;
  const desired = Math.min(maxReplicas, Math.max(minReplicas, current));
  const isLimited = desired !== current;
  if (isLimited) {
    writeObject(world, { ...target, spec: { ...target.spec, replicas: desired } }, true);
    world.events.record(autoscaler, {
      type: 'Normal',
      reason: 'SuccessfulRescale',
      message: `New size: ${desired}; reason: Current number of replicas ${current > desired ? 'above Spec.MaxReplicas' : 'below Spec.MinReplicas'}`,
      component: 'horizontal-pod-autoscaler',
    });
  }
  writeStatus(world, autoscaler, {
    ...autoscaler.status,
    currentReplicas: current,
    desiredReplicas: desired,
    conditions: setCondition(
      autoscaler.status.conditions ?? [],
      isLimited
        ? limited(current > desired)
        : {
            type: 'ScalingLimited',
            status: 'False',
            reason: 'DesiredWithinRange',
            message: 'the desired count is within the acceptable range',
          },
      world.now(),
    ),
  });
}

function limited(isAbove: boolean): Parameters<typeof setCondition>[1] {
  const [reason, edge] = isAbove ? ['TooManyReplicas', 'maximum'] : ['TooFewReplicas', 'minimum'];
  const bound = `the desired replica count is ${isAbove ? 'more' : 'less'} than the ${edge} replica count`;
  return { type: 'ScalingLimited', status: 'True', reason: String(reason), message: bound };
}
