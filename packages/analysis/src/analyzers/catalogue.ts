import type { Analyzer } from './define-analyzer.ts';
import { applicationError } from './pod/application-error.ts';
import { cannotStart } from './pod/cannot-start.ts';
import { cleanExit } from './pod/clean-exit.ts';
import { killedWithoutOom } from './pod/killed-without-oom.ts';
import { oomKilled } from './pod/oom-killed.ts';
import { oomKilledRecently } from './pod/oom-killed-recently.ts';
import { segmentationFault } from './pod/segmentation-fault.ts';
import { terminatedBySignal } from './pod/terminated-by-signal.ts';

/** Every detection, in the order of their codes. */
export const ANALYZERS: readonly Analyzer[] = [
  applicationError,
  cleanExit,
  killedWithoutOom,
  segmentationFault,
  terminatedBySignal,
  cannotStart,
  oomKilled,
  oomKilledRecently,
];
