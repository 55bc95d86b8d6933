import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { formatDuration, formatMinute } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { failedCallsOf } from './failed-webhook-calls.ts';
import { bundlesExpiring, type ExpiringBundle } from './webhook-certificate.ts';
import { describeBlocked } from './webhook-words.ts';

/** What the API server says when it does not trust who answers. */
const DISTRUST = /x509|certificate has expired|tls:/i;

/** CHK-ADM-408: a certificate that the API server trusts a webhook by has expired. */
export const webhookCertificateExpired = defineAnalyzer({
  code: 'CHK-ADM-408',
  title: 'admission webhook whose certificate has expired',
  severity: 'warning',
  tier: 'service',
  reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  helpedBy: ['Event', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Pod'],
  analyze: (index) =>
    bundlesExpiring(index, { after: Number.NEGATIVE_INFINITY, until: index.takenAt }).map((bundle) =>
      describe(index, bundle),
    ),
});

function describe(index: SnapshotIndex, { configuration, webhook, expiresAt }: ExpiringBundle) {
  const refused = failedCallsOf(index, configuration).filter(({ message }) => DISTRUST.test(message));
  const isFelt = refused.length > 0;
  return {
    subject: refOf(configuration),
    summary: 'trusts a certificate that has expired',
    since: expiresAt,
    // A bundle may keep an old certificate beside its successor; only refused calls show that it is the one in use.
    severity: isFelt ? ('critical' as const) : ('warning' as const),
    evidence: [
      observeField(
        configuration,
        `webhooks[${webhook.name}].clientConfig.caBundle`,
        `expired ${formatMinute(expiresAt)}`,
        index.takenAt,
      ),
      ...refused.slice(0, 1).map(({ evidence }) => evidence),
    ],
    related: refused.map(({ workload }) => refOf(workload)),
    pods: [],
    standsOn: [],
    explanation: `A certificate in the CA bundle of ${configuration.name} expired ${formatDuration(index.takenAt - expiresAt)} ago${isFelt ? `, and ${describeBlocked([webhook])}` : '; calls fail unless the bundle has another that still holds'}.`,
    confidence: isFelt ? ('high' as const) : ('medium' as const),
    remedies: [
      {
        label: 'Renew the certificate of the webhook',
        advice:
          'Let cert-manager, or whatever issued it, issue it anew, and put the new CA into the bundle of the configuration.',
      },
    ],
    templateMayCauseIt: false,
  };
}
