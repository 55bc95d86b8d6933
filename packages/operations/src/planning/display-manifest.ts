import type { KubeObject } from '@jamie/core';
import { redactManifest } from '../display/redact-manifest.ts';

const NOISY_METADATA: ReadonlySet<string> = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
]);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as people may see it: without status and server noise, and without values that may be secret. */
export function forDisplay(object: KubeObject): KubeObject {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !NOISY_METADATA.has(key)));
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([key]) => key !== LAST_APPLIED),
  );
  const shown = {
    ...kept,
    ...(Object.keys(annotations).length > 0 ? { annotations } : { annotations: undefined }),
  };
  return redactManifest({ ...rest, metadata: shown }) as KubeObject;
}
