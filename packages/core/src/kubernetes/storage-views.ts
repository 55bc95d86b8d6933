import type { ConditionView, ObjectView } from './object-view.ts';

export interface PersistentVolumeClaimView extends ObjectView {
  readonly kind: 'PersistentVolumeClaim';
  readonly phase: string;
  /** Undefined where the claim names none and takes the default; empty where it asks for a volume without a class. */
  readonly storageClass?: string;
  readonly volumeName: string;
  /** Quantities as written. `capacity` is empty while nothing is bound. */
  readonly requested: string;
  readonly capacity: string;
  readonly accessModes: readonly string[];
  readonly conditions: readonly ConditionView[];
}

export interface PersistentVolumeView extends ObjectView {
  readonly kind: 'PersistentVolume';
  readonly phase: string;
  readonly reason: string;
  readonly message: string;
  readonly capacity: string;
  readonly storageClass: string;
  readonly reclaimPolicy: string;
  /** The claim that it is bound to or kept for. */
  readonly claim?: { readonly namespace: string; readonly name: string; readonly uid: string };
}

export interface StorageClassView extends ObjectView {
  readonly kind: 'StorageClass';
  readonly provisioner: string;
  readonly isDefault: boolean;
  /** WaitForFirstConsumer: a claim waits, in peace, for the first pod that uses it. */
  readonly waitsForConsumer: boolean;
  readonly allowsExpansion: boolean;
  readonly reclaimPolicy: string;
}
