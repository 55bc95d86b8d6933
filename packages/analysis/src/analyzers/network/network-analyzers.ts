import type { Analyzer } from '../define-analyzer.ts';
import { backendPortMissing } from '../ingress/backend-port-missing.ts';
import { backendServiceMissing } from '../ingress/backend-service-missing.ts';
import { backendWithoutPort } from '../ingress/backend-without-port.ts';
import { ingressClassMissing } from '../ingress/ingress-class-missing.ts';
import { ingressPortError } from '../ingress/ingress-port-error.ts';
import { ingressWithoutAddress } from '../ingress/ingress-without-address.ts';
import { ingressWithoutClass } from '../ingress/ingress-without-class.ts';
import { numericBackendPort } from '../ingress/numeric-backend-port.ts';
import { severalDefaultClasses } from '../ingress/several-default-classes.ts';
import { tlsSecretRefused } from '../ingress/tls-secret-refused.ts';
import { endpointFlapping } from '../service/endpoint-flapping.ts';
import { externalNameDangling } from '../service/external-name-dangling.ts';
import { loadBalancerCost } from '../service/load-balancer-cost.ts';
import { loadBalancerHops } from '../service/load-balancer-hops.ts';
import { loadBalancerPending } from '../service/load-balancer-pending.ts';
import { nodePort } from '../service/node-port.ts';
import { nodePortLocal } from '../service/node-port-local.ts';
import { numericTargetPort } from '../service/numeric-target-port.ts';
import { portsUnchecked } from '../service/ports-unchecked.ts';
import { serviceWarningEvents } from '../service/service-warning-events.ts';
import { singleEndpoint } from '../service/single-endpoint.ts';
import { targetPortMissing } from '../service/target-port-missing.ts';
import { targetPortUndeclared } from '../service/target-port-undeclared.ts';
import { blockFitsNoPod } from './block-fits-no-pod.ts';
import { dnsEgressBlocked } from './dns-egress-blocked.ts';
import { dnsWithoutEndpoints } from './dns-without-endpoints.ts';
import { peerNamespaceMissing } from './peer-namespace-missing.ts';
import { peerPodMissing } from './peer-pod-missing.ts';
import { podsHalfSecured } from './pods-half-secured.ts';
import { podsUnsecured } from './pods-unsecured.ts';
import { policyAdmitsEverybody } from './policy-admits-everybody.ts';
import { policySelectsNobody } from './policy-selects-nobody.ts';
import { serviceIsolated } from './service-isolated.ts';

/** What is found on the way of a request: Services and their ports, Ingresses, the cluster's DNS and network policies. */
export const NETWORK_ANALYZERS: readonly Analyzer[] = [
  targetPortMissing,
  targetPortUndeclared,
  portsUnchecked,
  numericTargetPort,
  loadBalancerCost,
  nodePort,
  loadBalancerHops,
  nodePortLocal,
  singleEndpoint,
  loadBalancerPending,
  externalNameDangling,
  serviceWarningEvents,
  endpointFlapping,
  ingressClassMissing,
  ingressWithoutClass,
  severalDefaultClasses,
  backendServiceMissing,
  backendPortMissing,
  ingressPortError,
  tlsSecretRefused,
  ingressWithoutAddress,
  numericBackendPort,
  backendWithoutPort,
  dnsWithoutEndpoints,
  serviceIsolated,
  dnsEgressBlocked,
  policySelectsNobody,
  peerNamespaceMissing,
  peerPodMissing,
  policyAdmitsEverybody,
  podsHalfSecured,
  podsUnsecured,
  blockFitsNoPod,
];
