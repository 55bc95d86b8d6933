import type { Evidence, ObjectRef, WebhookConfigurationView, WebhookView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { webhookConfigurations } from '../../snapshot/webhook-configurations.ts';
import { countOf } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { type Backend, findBackend } from '../service/backends.ts';
import { failedCallsOf } from './failed-webhook-calls.ts';
import { describeBlocked, severityOf } from './webhook-words.ts';

type Outage<K extends Backend['kind']> = Extract<Backend, { readonly kind: K }>;

export interface WebhookOutageDefinition<K extends 'missing' | 'down'> {
  readonly code: string;
  readonly title: string;
  readonly sources: readonly string[];
  readonly backend: K;
  /** What is wrong with the Service of this name, as a clause. */
  explain(service: string, backend: Outage<K>): string;
  since(backend: Outage<K>, configuration: WebhookConfigurationView): number;
  standsOn(backend: Outage<K>): readonly ObjectRef[];
  readonly label: string;
  readonly advice: string;
}

interface OutageHit<K extends 'missing' | 'down'> {
  readonly configuration: WebhookConfigurationView;
  readonly backend: Outage<K>;
  readonly service: string;
  readonly webhooks: readonly WebhookView[];
}

/** An analyzer for one state in which nothing can answer for an admission webhook. */
export function defineWebhookOutageAnalyzer<K extends 'missing' | 'down'>(
  definition: WebhookOutageDefinition<K>,
): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'critical',
    tier: 'service',
    reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'Service', 'Pod'],
    helpedBy: ['EndpointSlice', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Event'],
    sources: definition.sources,
    analyze: (index) =>
      webhookConfigurations(index)
        .flatMap((configuration) => findOutages(index, configuration, definition.backend))
        .map((hit) => describe(index, hit, definition)),
  });
}

/** One for each Service, however many webhooks of the configuration are reached through it. */
function findOutages<K extends 'missing' | 'down'>(
  index: SnapshotIndex,
  configuration: WebhookConfigurationView,
  kind: K,
): readonly OutageHit<K>[] {
  const byService = new Map<string, WebhookView[]>();
  for (const webhook of configuration.webhooks) {
    if (webhook.service === undefined) continue;
    const service = `${webhook.service.namespace}/${webhook.service.name}`;
    byService.set(service, [...(byService.get(service) ?? []), webhook]);
  }
  return [...byService].flatMap(([service, webhooks]) => {
    const reference = webhooks[0]?.service;
    const backend = reference === undefined ? undefined : findBackend(index, reference);
    return isOf(backend, kind) ? [{ configuration, backend, service, webhooks }] : [];
  });
}

function isOf<K extends 'missing' | 'down'>(backend: Backend | undefined, kind: K): backend is Outage<K> {
  return backend?.kind === kind;
}

function describe<K extends 'missing' | 'down'>(
  index: SnapshotIndex,
  { configuration, backend, service, webhooks }: OutageHit<K>,
  definition: WebhookOutageDefinition<K>,
) {
  const refused = failedCallsOf(index, { ...configuration, webhooks });
  const standsOn = definition.standsOn(backend);
  const clause = definition.explain(service, backend);
  return {
    subject: refOf(configuration),
    summary: `cannot be called: ${clause}`,
    since: definition.since(backend, configuration),
    evidence: [
      wiringOf(index, configuration, webhooks),
      ...refused.slice(0, 1).map(({ evidence }) => evidence),
    ],
    related: [...standsOn, ...refused.map(({ workload }) => refOf(workload))],
    pods: [],
    standsOn,
    sharedKey: service,
    severity: severityOf(webhooks),
    explanation: `${countOf(webhooks.length, 'webhook')} of ${configuration.name} cannot be called: ${clause}. Until then ${describeBlocked(webhooks)}.`,
    confidence: 'high' as const,
    remedies: [{ label: definition.label, advice: definition.advice }],
    templateMayCauseIt: false,
  };
}

function wiringOf(
  index: SnapshotIndex,
  configuration: WebhookConfigurationView,
  webhooks: readonly WebhookView[],
): Evidence {
  const [first] = webhooks;
  const service = first?.service;
  const text = `Service ${service?.namespace}/${service?.name}, failurePolicy ${first?.failurePolicy}`;
  return observeField(configuration, `webhooks[${first?.name}].clientConfig`, text, index.takenAt);
}
