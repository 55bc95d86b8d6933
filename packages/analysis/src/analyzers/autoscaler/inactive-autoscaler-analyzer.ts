import type { HorizontalPodAutoscalerView, Proposal } from '@jamie/core';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { ROLLOUT_GRACE_MS } from '../../thresholds.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { decideInactivity, type Inactivity } from './inactive-autoscaler.ts';
import { liveAutoscalers, targetRefs } from './scale-target.ts';

type Reason = Exclude<Inactivity['reason'], 'none'>;
type Because<R extends Reason> = Extract<Inactivity, { readonly reason: R }>;

interface InactiveAutoscalerDefinition<R extends Reason> {
  readonly code: string;
  readonly title: string;
  readonly reason: R;
  readonly sources: readonly string[];
  /** Ends the sentence "Autoscaler checkout does not scale: ". */
  why(because: Because<R>, scaler: HorizontalPodAutoscalerView): string;
  remedy(because: Because<R>, scaler: HorizontalPodAutoscalerView): Proposal;
}

/** An analyzer for one reason why an autoscaler does not scale. */
export function defineInactiveAutoscalerAnalyzer<R extends Reason>(
  definition: InactiveAutoscalerDefinition<R>,
): Analyzer {
  const { code, title, reason, sources, why, remedy } = definition;
  return defineAnalyzer({
    code,
    title,
    severity: 'warning',
    tier: 'workload',
    reads: ['HorizontalPodAutoscaler'],
    helpedBy: ['Deployment', 'StatefulSet', 'Pod'],
    sources,
    analyze: (index) =>
      liveAutoscalers(index).flatMap((scaler) => {
        const decision = decideInactivity(index, scaler);
        if (decision.reason !== reason || index.takenAt - scaler.createdAt < ROLLOUT_GRACE_MS) return [];
        // Its reason was compared above.
        return [describe(index, scaler, decision as Because<R>, why, remedy)];
      }),
  });
}

function describe<R extends Reason>(
  index: SnapshotIndex,
  scaler: HorizontalPodAutoscalerView,
  because: Because<R>,
  why: InactiveAutoscalerDefinition<R>['why'],
  remedy: InactiveAutoscalerDefinition<R>['remedy'],
) {
  const words = why(because, scaler);
  const condition = 'condition' in because ? because.condition : undefined;
  return observationOn(index, scaler, {
    field: condition === undefined ? 'spec.metrics' : `status.conditions[${condition.type}]`,
    value: condition === undefined ? words : `${condition.reason}: ${condition.message}`,
    summary: `does not scale: ${words}`,
    since: condition?.since ?? scaler.createdAt,
    related: targetRefs(index, scaler),
    explanation: `Autoscaler ${scaler.name} does not scale ${scaler.target.name}: ${words}.`,
    remedies: [remedy(because, scaler)],
  });
}
