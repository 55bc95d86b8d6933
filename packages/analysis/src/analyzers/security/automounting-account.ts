import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { inStableOrder } from '../../snapshot/stable-order.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-SEC-804: the account asks on purpose for its token in every pod. Saying nothing is the default, and no finding. */
export const automountingAccount = defineAnalyzer({
  code: 'CHK-SEC-804',
  title: 'ServiceAccount that puts its token into every pod',
  severity: 'info',
  tier: 'workload',
  reads: ['ServiceAccount'],
  lint: true,
  sources: ['popeye 303'],
  analyze: (index) =>
    inStableOrder(index.snapshot.objects.ServiceAccount)
      .filter((account) => account.mountsToken === true && account.deletingSince === undefined)
      .map((account) => ({
        subject: refOf(account),
        summary: 'puts its token into every pod that uses it',
        since: account.createdAt,
        evidence: [observeField(account, 'automountServiceAccountToken', 'true', index.takenAt)],
        related: [],
        pods: [],
        explanation: `ServiceAccount ${account.name} puts its token into every pod that uses it, also into those that never speak to the API server.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Mount the token where it is needed',
            advice: `Set automountServiceAccountToken of ServiceAccount ${account.name} to false, and to true in the pod templates that need it.`,
          },
        ],
        templateMayCauseIt: false,
      })),
});
