import type { WebhookView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { webhookConfigurations } from '../../snapshot/webhook-configurations.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { callsOf } from './webhook-words.ts';

/** `create *`, `* *\/*`: every resource of the rule's groups. */
const EVERYTHING = /^\S+ \*(?:\/\*)?$/;

/** CHK-ADM-411: if this webhook fails, nothing in the cluster can be changed any more. */
export const webhookForEverything = defineAnalyzer({
  code: 'CHK-ADM-411',
  title: 'admission webhook that everything depends on',
  severity: 'info',
  tier: 'service',
  lint: true,
  reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  analyze: (index) =>
    webhookConfigurations(index).flatMap((configuration) => {
      const all = configuration.webhooks.filter(blocksEverything);
      const [first] = all;
      if (first === undefined) return [];
      return [
        {
          subject: refOf(configuration),
          summary: 'is called for everything, and everything fails without it',
          since: configuration.createdAt,
          evidence: [
            observeField(
              configuration,
              `webhooks[${first.name}].rules`,
              `${first.calledFor.join(', ')}; failurePolicy Fail`,
              index.takenAt,
            ),
          ],
          related: [],
          pods: [],
          explanation: `Nobody can ${callsOf(all)} while a webhook of ${configuration.name} does not answer, its own repair included.`,
          confidence: 'high' as const,
          remedies: [
            {
              label: 'Narrow the rules, or let requests pass without it',
              advice:
                'Name the resources that it truly judges, exempt kube-system and its own namespace by a namespaceSelector, or set failurePolicy to Ignore.',
            },
          ],
          templateMayCauseIt: false,
        },
      ];
    }),
});

function blocksEverything({ failurePolicy, calledFor }: WebhookView): boolean {
  return failurePolicy === 'Fail' && calledFor.some((call) => EVERYTHING.test(call));
}
