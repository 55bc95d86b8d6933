import type { ObjectRef, WebhookConfigurationView } from '@jamie/core';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import { refOf } from './ref-of.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { inStableOrder } from './stable-order.ts';

/** Every admission webhook configuration of both kinds that is not being deleted. */
export const webhookConfigurations = oncePerSnapshot(
  (index: SnapshotIndex): readonly WebhookConfigurationView[] => {
    const { ValidatingWebhookConfiguration, MutatingWebhookConfiguration } = index.snapshot.objects;
    const all = [...ValidatingWebhookConfiguration, ...MutatingWebhookConfiguration];
    return inStableOrder(all).filter(({ deletingSince }) => deletingSince === undefined);
  },
);

const byWebhookName = oncePerSnapshot((index: SnapshotIndex): ReadonlyMap<string, readonly ObjectRef[]> => {
  const byName = new Map<string, ObjectRef[]>();
  for (const configuration of webhookConfigurations(index)) {
    for (const name of new Set(configuration.webhooks.map((webhook) => webhook.name))) {
      byName.set(name, [...(byName.get(name) ?? []), refOf(configuration)]);
    }
  }
  return byName;
});

/** The configurations that have a webhook of this name; the API server names only the webhook when it cannot call it. */
export function configurationsOf(index: SnapshotIndex, webhookName: string): readonly ObjectRef[] {
  return byWebhookName(index).get(webhookName) ?? [];
}
