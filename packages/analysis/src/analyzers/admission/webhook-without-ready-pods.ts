import { countOf } from '../../wording.ts';
import { defineWebhookOutageAnalyzer } from './webhook-outage.ts';

/** CHK-ADM-407: nothing answers behind the Service of an admission webhook. */
export const webhookWithoutReadyPods = defineWebhookOutageAnalyzer({
  code: 'CHK-ADM-407',
  title: 'admission webhook behind which no pod is ready',
  sources: [
    'k8sgpt ValidatingWebhookConfiguration no active pod',
    'k8sgpt MutatingWebhookConfiguration no active pod',
  ],
  backend: 'down',
  explain: (service, { pods }) =>
    pods === 0
      ? `its Service ${service} selects no pod`
      : `none of ${countOf(pods, 'pod')} behind its Service ${service} is ready`,
  since: ({ since }) => since,
  standsOn: ({ standsOn }) => standsOn,
  label: 'Bring the pods of the webhook back',
  advice:
    'Mend the pods behind the Service. If they are refused by their own webhook, exempt their namespace in its namespaceSelector, or set failurePolicy to Ignore until they run.',
});
