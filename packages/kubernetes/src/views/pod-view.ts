import type { KubeObject, PodView } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { toContainerViews } from './container-view.ts';
import { toObjectView } from './object-view.ts';
import { toPodReferences } from './pod-reference.ts';
import { toPodSpecView } from './pod-spec-view.ts';
import { listOf, messageOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a Pod. */
export function toPodView(object: KubeObject, sharing: Sharing): PodView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const { namespace, name, uid, resourceVersion, createdAt, deletingSince, labels, owner } = toObjectView(
    'Pod',
    object,
    sharing,
  );
  // One literal, not a spread: pods are the many, and an object that grows after its birth takes half as much again.
  const view = {
    kind: 'Pod' as const,
    namespace,
    name,
    uid,
    resourceVersion,
    createdAt,
    labels,
    phase: sharing.text(status['phase']),
    reason: sharing.text(status['reason']),
    message: sharing.text(messageOf(status['message'])),
    nodeName: sharing.text(spec['nodeName']),
    address: textOf(status['podIP']),
    nodeSelector: sharing.texts(spec['nodeSelector']),
    conditions: toConditionViews(status['conditions'], sharing),
    containers: toContainerViews(spec, status, sharing),
    references: toPodReferences(spec, sharing),
    claims: claimsOf(spec, name),
    spec: toPodSpecView(spec, owner?.uid ?? '', sharing),
  };
  if (owner === undefined) return deletingSince === undefined ? view : { ...view, deletingSince };
  const owned = Object.assign(view, { owner });
  return deletingSince === undefined ? owned : { ...owned, deletingSince };
}

const NO_CLAIMS: readonly string[] = Object.freeze([]);

/** An ephemeral volume has a claim of its own, named after the pod and the volume. */
function claimsOf(spec: RawObject, podName: string): readonly string[] {
  const claims = listOf(spec['volumes']).flatMap((item) => {
    const { name, persistentVolumeClaim, ephemeral } = objectOf(item);
    if (ephemeral !== undefined) return [`${podName}-${textOf(name)}`];
    return persistentVolumeClaim === undefined ? [] : [textOf(objectOf(persistentVolumeClaim)['claimName'])];
  });
  return claims.length === 0 ? NO_CLAIMS : claims;
}
