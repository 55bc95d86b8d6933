import type { Analyzer } from '../define-analyzer.ts';
import { autoscalerAtRest } from './autoscaler-at-rest.ts';
import { autoscalerLags } from './autoscaler-lags.ts';
import { autoscalerTargetMissing } from './autoscaler-target-missing.ts';
import { autoscalerTargetUnscalable } from './autoscaler-target-unscalable.ts';
import { autoscalerUnable } from './autoscaler-unable.ts';
import { autoscalerWithoutMetrics } from './autoscaler-without-metrics.ts';
import { autoscalerWithoutRequests } from './autoscaler-without-requests.ts';
import { autoscalerWithoutRoom } from './autoscaler-without-room.ts';
import { autoscalersInConflict } from './autoscalers-in-conflict.ts';
import { burstCpu } from './burst-cpu.ts';
import { burstMemory } from './burst-memory.ts';
import { combinedBurstCpu } from './combined-burst-cpu.ts';
import { combinedBurstMemory } from './combined-burst-memory.ts';

/** The detections about autoscalers beside the one at its maximum, in the order of their codes. */
export const AUTOSCALER_ANALYZERS: readonly Analyzer[] = [
  autoscalerTargetMissing,
  autoscalerTargetUnscalable,
  autoscalerWithoutRequests,
  autoscalerWithoutMetrics,
  autoscalerUnable,
  autoscalersInConflict,
  autoscalerLags,
  autoscalerAtRest,
  autoscalerWithoutRoom,
  burstCpu,
  burstMemory,
  combinedBurstCpu,
  combinedBurstMemory,
];
