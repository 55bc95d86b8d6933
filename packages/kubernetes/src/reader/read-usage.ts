import { isOpsError, type KubernetesIdentity, OpsError, type UsageSample } from '@jamie/core';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import { collectionPath } from './resource-path.ts';
import { parseUsage } from './usage-samples.ts';

const ROOT = '/apis/metrics.k8s.io/v1beta1';
/** An aggregator without its server says 503 for as long as it stays away: asking four times only makes people wait. */
const ATTEMPTS = 2;

/** What pods or nodes use now. Throws `unavailable`, not retryable, where nothing serves metrics.k8s.io. */
export async function readUsage(
  transport: GuardedTransport,
  of: 'pods' | 'nodes',
  namespace: string | undefined,
  as: KubernetesIdentity | undefined,
): Promise<readonly UsageSample[]> {
  try {
    const whom = as === undefined ? {} : { as };
    const path = usagePath(of, namespace);
    return parseUsage(await transport.send({ method: 'GET', path, attempts: ATTEMPTS, ...whom }));
  } catch (error) {
    throw isOpsError(error) ? (notServed(error) ?? error) : error;
  }
}

function usagePath(of: 'pods' | 'nodes', namespace: string | undefined): string {
  if (of === 'nodes' || namespace === undefined) return `${ROOT}/${of}`;
  // Only for its checks of the name.
  collectionPath('Pod', namespace);
  return `${ROOT}/namespaces/${namespace}/pods`;
}

/** A list is never absent: 404 says that the API is, and 503 that the aggregator has nobody to ask. */
function notServed(error: OpsError): OpsError | undefined {
  const { status } = error.details;
  if (status !== 404 && status !== 503) return undefined;
  return new OpsError('unavailable', 'the cluster serves no metrics.k8s.io', {
    retryable: false,
    userMessage: status === 404 ? NOT_INSTALLED : NOT_ANSWERING,
    details: error.details,
    cause: error,
  });
}

const NOT_INSTALLED =
  'This cluster measures no usage: metrics-server is not installed (it serves no metrics.k8s.io). Install it from https://github.com/kubernetes-sigs/metrics-server, then ask again after a minute.';
const NOT_ANSWERING =
  'This cluster measures no usage now: metrics.k8s.io is registered, but metrics-server is not installed or not running. See "kubectl get apiservice v1beta1.metrics.k8s.io" and its pods in kube-system.';
