import type {
  KubeObject,
  PersistentVolumeClaimView,
  PersistentVolumeView,
  StorageClassView,
} from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { annotationOf, toObjectView } from './object-view.ts';
import { listOf, messageOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Projects a PersistentVolumeClaim. */
export function toPersistentVolumeClaimView(object: KubeObject, sharing: Sharing): PersistentVolumeClaimView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const { storageClassName } = spec;
  return {
    ...toObjectView('PersistentVolumeClaim', object, sharing),
    phase: sharing.text(status['phase']),
    ...(typeof storageClassName === 'string' && { storageClass: sharing.text(storageClassName) }),
    volumeName: textOf(spec['volumeName']),
    requested: storageOf(objectOf(spec['resources'])['requests'], sharing),
    capacity: storageOf(status['capacity'], sharing),
    accessModes: listOf(spec['accessModes']).map((mode) => sharing.text(mode)),
    conditions: toConditionViews(status['conditions'], sharing),
  };
}

/** Projects a PersistentVolume. */
export function toPersistentVolumeView(object: KubeObject, sharing: Sharing): PersistentVolumeView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  return {
    ...toObjectView('PersistentVolume', object, sharing),
    phase: sharing.text(status['phase']),
    reason: sharing.text(status['reason']),
    message: messageOf(status['message']),
    capacity: storageOf(spec['capacity'], sharing),
    storageClass: sharing.text(spec['storageClassName']),
    reclaimPolicy: sharing.text(spec['persistentVolumeReclaimPolicy']),
    ...claimOf(objectOf(spec['claimRef']), sharing),
  };
}

/** Projects a StorageClass. */
export function toStorageClassView(object: KubeObject, sharing: Sharing): StorageClassView {
  return {
    ...toObjectView('StorageClass', object, sharing),
    provisioner: sharing.text(object['provisioner']),
    isDefault: annotationOf(object, DEFAULT_CLASS) === 'true',
    waitsForConsumer: object['volumeBindingMode'] === 'WaitForFirstConsumer',
    allowsExpansion: object['allowVolumeExpansion'] === true,
    reclaimPolicy: sharing.text(object['reclaimPolicy']),
  };
}

function storageOf(quantities: unknown, sharing: Sharing): string {
  return sharing.texts(quantities)['storage'] ?? '';
}

function claimOf(claim: RawObject, sharing: Sharing): Pick<PersistentVolumeView, 'claim'> {
  const { namespace, name, uid } = claim;
  if (textOf(name) === '') return {};
  return { claim: { namespace: sharing.text(namespace), name: textOf(name), uid: textOf(uid) } };
}
