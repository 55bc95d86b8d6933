import type { Analyzer } from '../define-analyzer.ts';
import { claimClassMissing } from './claim-class-missing.ts';
import { claimLost } from './claim-lost.ts';
import { claimMissing } from './claim-missing.ts';
import { claimResizeFailed } from './claim-resize-failed.ts';
import { claimResizeWaits } from './claim-resize-waits.ts';
import { claimTemplateClassMissing } from './claim-template-class-missing.ts';
import { claimWithoutClass } from './claim-without-class.ts';
import { claimWithoutVolume } from './claim-without-volume.ts';
import { inTreeProvisioner } from './in-tree-provisioner.ts';
import { provisionerSilent } from './provisioner-silent.ts';
import { provisioningFailed } from './provisioning-failed.ts';
import { severalDefaultClasses } from './several-default-classes.ts';
import { smallStorage } from './small-storage.ts';
import { unusedClaim } from './unused-claim.ts';
import { volumeFailed } from './volume-failed.ts';
import { volumeInUseElsewhere } from './volume-in-use-elsewhere.ts';
import { volumeNotAttached } from './volume-not-attached.ts';
import { volumeNotMounted } from './volume-not-mounted.ts';
import { volumePending } from './volume-pending.ts';
import { volumeReleased } from './volume-released.ts';
import { volumeUnclaimed } from './volume-unclaimed.ts';

/** The detections about claims, volumes and their classes, in the order of their codes. */
export const STORAGE_ANALYZERS: readonly Analyzer[] = [
  claimClassMissing,
  claimWithoutClass,
  provisioningFailed,
  claimWithoutVolume,
  provisionerSilent,
  claimLost,
  claimMissing,
  volumeInUseElsewhere,
  volumeNotAttached,
  volumeNotMounted,
  claimTemplateClassMissing,
  claimResizeFailed,
  claimResizeWaits,
  volumeFailed,
  volumeReleased,
  volumeUnclaimed,
  volumePending,
  inTreeProvisioner,
  severalDefaultClasses,
  smallStorage,
  unusedClaim,
];
