import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { formatDuration, formatMinute } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { bundlesExpiring } from './webhook-certificate.ts';

/** cert-manager renews after two thirds of a certificate's life; whatever is this near its end is not renewed by itself. */
const EXPIRING_MS = 14 * 86_400_000;

/** CHK-ADM-409: a certificate that the API server trusts a webhook by expires soon. */
export const webhookCertificateExpiring = defineAnalyzer({
  code: 'CHK-ADM-409',
  title: 'admission webhook whose certificate expires within two weeks',
  severity: 'warning',
  tier: 'service',
  standsAlone: true,
  reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  analyze: (index) =>
    bundlesExpiring(index, { after: index.takenAt, until: index.takenAt + EXPIRING_MS }).map(
      ({ configuration, webhook, expiresAt }) => ({
        subject: refOf(configuration),
        summary: `trusts a certificate that expires in ${formatDuration(expiresAt - index.takenAt)}`,
        since: index.takenAt,
        evidence: [
          observeField(
            configuration,
            `webhooks[${webhook.name}].clientConfig.caBundle`,
            `expires ${formatMinute(expiresAt)}`,
            index.takenAt,
          ),
        ],
        related: [],
        pods: [],
        explanation: `A certificate in the CA bundle of ${configuration.name} expires in ${formatDuration(expiresAt - index.takenAt)}; after that the webhook cannot be called.`,
        confidence: 'medium' as const,
        remedies: [
          {
            label: 'See whether it is renewed by itself',
            advice:
              'Look at the Certificate of cert-manager, or at whatever issued it, and renew it now if nothing else will.',
          },
        ],
        templateMayCauseIt: false,
      }),
    ),
});
