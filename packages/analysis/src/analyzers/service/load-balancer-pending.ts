import type { EventView, ServiceView } from '@jamie/core';
import { observeEvent } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { LOAD_BALANCER_GRACE_MS } from '../../thresholds.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';

/** CHK-SVC-212: a Service of type LoadBalancer has no address long after somebody asked for one. */
export const loadBalancerPending = defineAnalyzer({
  code: 'CHK-SVC-212',
  title: 'load balancer that gets no address',
  severity: 'warning',
  tier: 'service',
  reads: ['Service'],
  helpedBy: ['Event'],
  standsAlone: true,
  sources: ['k8sgpt Service warning events'],
  analyze: (index) =>
    index.services.flatMap((service) => {
      if (service.type !== 'LoadBalancer' || service.addresses > 0 || service.deletingSince !== undefined)
        return [];
      const age = index.takenAt - service.createdAt;
      return age < LOAD_BALANCER_GRACE_MS || isBeingMade(index, service)
        ? []
        : [describe(index, service, age)];
    }),
});

/** Its type may have been changed just now: the controller says when it begins. */
function isBeingMade(index: SnapshotIndex, service: ServiceView): boolean {
  const [newest] = index.eventsOf(service);
  if (newest?.reason !== 'EnsuringLoadBalancer') return false;
  return index.takenAt - newest.firstSeen < LOAD_BALANCER_GRACE_MS;
}

function describe(index: SnapshotIndex, service: ServiceView, ageMs: number) {
  const failure = index.eventsOf(service).find(isRefusal);
  const age = formatDuration(ageMs);
  const why =
    failure === undefined
      ? 'Nothing says why; perhaps no controller in this cluster makes load balancers.'
      : 'The controller that should make it reports a failure.';
  return describeConfiguration(index, service, {
    summary: `has had no address for ${age}`,
    field: 'status.loadBalancer.ingress',
    says: 'no address',
    evidence: failure === undefined ? [] : [observeEvent(failure, service)],
    confidence: failure === undefined ? 'medium' : 'high',
    explanation: `Service ${service.name} asks for a load balancer and has had no address for ${age}, so nobody reaches it from outside. ${why}`,
    remedy: {
      label: 'Find who makes load balancers here',
      advice: `See whether a cloud controller or MetalLB runs, and what its log says of Service ${service.name}: a quota, a subnet or a permission. Without one, make the Service ClusterIP and use an Ingress.`,
    },
  });
}

function isRefusal(event: EventView): boolean {
  return event.type === 'Warning';
}
