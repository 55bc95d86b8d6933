import type { PersistentVolumeClaimView, PersistentVolumeView, StorageClassView } from '@jamie/core';
import { anObject } from './object-builders.ts';

/** A claim that is bound. */
export function aClaim(
  name: string,
  more: Partial<PersistentVolumeClaimView> = {},
): PersistentVolumeClaimView {
  return {
    ...anObject(name),
    kind: 'PersistentVolumeClaim',
    phase: 'Bound',
    storageClass: 'standard',
    volumeName: `pv-${name}`,
    requested: '10Gi',
    capacity: '10Gi',
    accessModes: ['ReadWriteOnce'],
    conditions: [],
    ...more,
  };
}

/** A volume that is bound to the claim of its name in shop. */
export function aVolume(claim: string, more: Partial<PersistentVolumeView> = {}): PersistentVolumeView {
  return {
    ...anObject(`pv-${claim}`, { namespace: '' }),
    kind: 'PersistentVolume',
    phase: 'Bound',
    reason: '',
    message: '',
    capacity: '10Gi',
    storageClass: 'standard',
    reclaimPolicy: 'Delete',
    claim: { namespace: 'shop', name: claim, uid: `uid-${claim}` },
    ...more,
  };
}

/** The default class, which binds at once. */
export function aStorageClass(name: string, more: Partial<StorageClassView> = {}): StorageClassView {
  return {
    ...anObject(name, { namespace: '' }),
    kind: 'StorageClass',
    provisioner: 'csi.example',
    isDefault: true,
    waitsForConsumer: false,
    allowsExpansion: true,
    reclaimPolicy: 'Delete',
    ...more,
  };
}
