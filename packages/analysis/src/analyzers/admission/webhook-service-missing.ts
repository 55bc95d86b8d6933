import { defineWebhookOutageAnalyzer } from './webhook-outage.ts';

/** CHK-ADM-406: an admission webhook is reached through a Service that is not there. */
export const webhookServiceMissing = defineWebhookOutageAnalyzer({
  code: 'CHK-ADM-406',
  title: 'admission webhook whose Service does not exist',
  sources: [
    'k8sgpt ValidatingWebhookConfiguration service missing',
    'k8sgpt MutatingWebhookConfiguration service missing',
  ],
  backend: 'missing',
  explain: (service) => `its Service ${service} does not exist`,
  since: (_backend, configuration) => configuration.createdAt,
  standsOn: ({ service }) => [service],
  label: 'Restore the Service, or remove the webhook configuration',
  advice:
    'Where the program behind the webhook was removed, its configuration stayed behind: delete that too. Otherwise install the program again.',
});
