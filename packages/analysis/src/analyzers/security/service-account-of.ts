import type { ServiceAccountView } from '@jamie/core';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import type { PodTemplate } from '../template/pod-templates.ts';

/** The ServiceAccount that a template names; undefined where no such account was read. */
export function serviceAccountOf(
  index: SnapshotIndex,
  { view, spec }: PodTemplate,
): ServiceAccountView | undefined {
  const ref = { kind: 'ServiceAccount' as const, namespace: view.namespace, name: spec.serviceAccount };
  // The ref's kind decides the view's type.
  return index.find(ref) as ServiceAccountView | undefined;
}
