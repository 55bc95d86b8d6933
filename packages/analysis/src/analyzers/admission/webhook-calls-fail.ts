import type { WebhookConfigurationView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { webhookConfigurations } from '../../snapshot/webhook-configurations.ts';
import { countOf, shortName, someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { findBackend } from '../service/backends.ts';
import { failedCallsOf } from './failed-webhook-calls.ts';

/** CHK-ADM-410: the API server fails to call a webhook although something runs behind it. */
export const webhookCallsFail = defineAnalyzer({
  code: 'CHK-ADM-410',
  title: 'admission webhook that the API server fails to call',
  severity: 'critical',
  tier: 'service',
  reads: [
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'Service',
    'Pod',
    'Event',
    'Deployment',
    'ReplicaSet',
    'StatefulSet',
    'DaemonSet',
  ],
  explainedBy: ['CHK-ADM-408'],
  sources: ['Robusta PolicyViolation'],
  analyze: (index) => webhookConfigurations(index).flatMap((configuration) => describe(index, configuration)),
});

function describe(index: SnapshotIndex, configuration: WebhookConfigurationView) {
  const webhooks = configuration.webhooks.filter(
    ({ service }) => service === undefined || findBackend(index, service).kind === 'up',
  );
  const refused = failedCallsOf(index, { ...configuration, webhooks });
  const [first] = refused;
  if (first === undefined) return [];
  const names = refused.map(({ workload }) => shortName(workload));
  return [
    {
      subject: refOf(configuration),
      summary: 'cannot be called, and pods are refused because of that',
      since: Math.min(...refused.map(({ since }) => since)),
      evidence: refused.slice(0, 2).map(({ evidence }) => evidence),
      related: refused.map(({ workload }) => refOf(workload)),
      pods: [],
      standsOn: webhooks.flatMap(({ service }) =>
        service === undefined
          ? []
          : [{ kind: 'Service' as const, namespace: service.namespace, name: service.name }],
      ),
      explanation: `The API server fails to call a webhook of ${configuration.name}, so pods of ${someOf(names)} are refused: "${toSingleLine(first.message, 200)}".`,
      confidence: 'high' as const,
      remedies: [
        {
          label: 'Make the webhook answer',
          advice: `The message says how the call fails for ${countOf(names.length, 'workload')}: a timeout or refused connection points at the network or the port of the Service, an x509 error at the certificate or the CA bundle.`,
        },
      ],
      templateMayCauseIt: false,
    },
  ];
}
