import type { ObjectRef, WebhookConfigurationView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { configurationsOf } from '../../snapshot/webhook-configurations.ts';
import { findRefused, type RefusedPods } from './refused-pod.ts';

// kubernetes/apiserver, pkg/admission/plugin/webhook: `failed calling webhook "X": …`; a refusal says `denied the request`.
const FAILED_CALL = /failed calling webhook "([^"]{1,253})"/;

const byWebhookName = oncePerSnapshot((index: SnapshotIndex): ReadonlyMap<string, readonly RefusedPods[]> => {
  const byName = new Map<string, RefusedPods[]>();
  for (const refused of findRefused(index, 'webhook')) {
    const name = FAILED_CALL.exec(refused.message)?.[1];
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), refused]);
  }
  return byName;
});

/** Workloads whose pods are refused because a webhook of this configuration does not answer. */
export function failedCallsOf(
  index: SnapshotIndex,
  { webhooks }: WebhookConfigurationView,
): readonly RefusedPods[] {
  const names = new Set(webhooks.map(({ name }) => name));
  return [...names].flatMap((name) => byWebhookName(index).get(name) ?? []);
}

/** The configurations whose webhook could not be called when these pods were refused; none where a webhook said no. */
export function blamedConfigurations(index: SnapshotIndex, { message }: RefusedPods): readonly ObjectRef[] {
  const name = FAILED_CALL.exec(message)?.[1];
  return name === undefined ? [] : configurationsOf(index, name);
}
