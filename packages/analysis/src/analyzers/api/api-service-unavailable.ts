import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { type UnavailableApi, unavailableApis } from '../../snapshot/api-services.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { findBackend } from '../service/backends.ts';

/** CHK-API-1301: the API server cannot reach what serves a part of its API. */
export const apiServiceUnavailable = defineAnalyzer({
  code: 'CHK-API-1301',
  title: 'aggregated API that is not available',
  severity: 'critical',
  tier: 'service',
  reads: ['APIService'],
  helpedBy: ['Service', 'Pod', 'EndpointSlice', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  sources: ['Robusta KubeAggregatedAPIDown'],
  analyze: (index) =>
    unavailableApis(index)
      .filter(({ condition }) => index.takenAt - condition.since >= READY_GRACE_MS)
      .map((unavailable) => describe(index, unavailable)),
});

function describe(index: SnapshotIndex, { api, condition }: UnavailableApi) {
  const { service } = api;
  const backend = service === undefined ? undefined : findBackend(index, service);
  const ref =
    service === undefined
      ? []
      : [{ kind: 'Service' as const, namespace: service.namespace, name: service.name }];
  const standsOn = backend?.kind === 'down' ? backend.standsOn : ref;
  return {
    subject: refOf(api),
    summary: `is not available (${toSingleLine(condition.reason, 60) || condition.status})`,
    since: condition.since,
    evidence: [
      observeField(
        api,
        'status.conditions[Available]',
        `${condition.status}, ${condition.reason}: ${condition.message}`,
        index.takenAt,
      ),
    ],
    related: standsOn,
    pods: [],
    standsOn,
    ...(service !== undefined && { sharedKey: `${service.namespace}/${service.name}` }),
    explanation: `API ${api.name} has not been available for ${formatDuration(index.takenAt - condition.since)}: "${toSingleLine(condition.message || condition.reason, 160)}". ${consequenceOf(api.name)}`,
    confidence: 'high' as const,
    remedies: [
      {
        label: 'Bring back what serves the API, or remove its registration',
        advice:
          service === undefined
            ? 'The API server serves it itself: look at the API server.'
            : `Look at the pods behind Service ${service.namespace}/${service.name} and at its certificate. Where the program was removed, delete the APIService too.`,
      },
    ],
    templateMayCauseIt: false,
  };
}

function consequenceOf(name: string): string {
  if (name.endsWith('.metrics.k8s.io'))
    return 'Autoscalers that scale by it stand still, and namespaces cannot be deleted until it is back.';
  return 'Whoever asks for its objects gets an error, and namespaces cannot be deleted until it is back.';
}
