import type { WebhookConfigurationView, WebhookView } from '@jamie/core';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { webhookConfigurations } from '../../snapshot/webhook-configurations.ts';

/** A configuration and the webhook of it whose bundle has a certificate that expires first. */
export interface ExpiringBundle {
  readonly configuration: WebhookConfigurationView;
  readonly webhook: WebhookView;
  readonly expiresAt: number;
}

/** The first certificate of each configuration to expire, where that falls within these moments. */
export function bundlesExpiring(
  index: SnapshotIndex,
  { after, until }: { readonly after: number; readonly until: number },
): readonly ExpiringBundle[] {
  return webhookConfigurations(index).flatMap((configuration) => {
    const first = firstToExpire(configuration);
    return first !== undefined && first.expiresAt > after && first.expiresAt <= until ? [first] : [];
  });
}

function firstToExpire(configuration: WebhookConfigurationView): ExpiringBundle | undefined {
  return configuration.webhooks.reduce<ExpiringBundle | undefined>((first, webhook) => {
    const expiresAt = webhook.certificateExpiresAt;
    if (expiresAt === undefined || (first !== undefined && first.expiresAt <= expiresAt)) return first;
    return { configuration, webhook, expiresAt };
  }, undefined);
}
