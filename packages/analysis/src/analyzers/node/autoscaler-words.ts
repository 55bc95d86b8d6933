import type { EventView, PodView, Proposal, Severity, WorkloadView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import type { Tier } from '../fault.ts';
import { type Affected, groupByWorkload } from '../pod/affected-workload.ts';

/** Why no node is added for a pod that waits for one. */
export type AutoscalerRefusal = 'at_maximum' | 'failed_before' | 'would_not_help';

/** A pod that waits for a node, and what the autoscaler says about it. */
export interface AutoscalerHit {
  readonly pod: PodView;
  readonly event: EventView;
  readonly refusal: AutoscalerRefusal;
}

export interface AutoscalerDefinition {
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  readonly tier: Tier;
  readonly sources: readonly string[];
  readonly refusal: AutoscalerRefusal;
  readonly summary: string;
  /** Why no node comes, as the end of a sentence. */
  readonly because: string;
  readonly sharedKey?: string;
  remedies(index: SnapshotIndex, workload: WorkloadView | undefined): readonly Proposal[];
}

// Cluster autoscaler (core/scaleup/orchestrator): "pod didn't trigger scale-up: 1 max node group size reached, …".
const CLUSTER_AUTOSCALER = 'NotTriggerScaleUp';
// Karpenter (controllers/provisioning/scheduling): "… all available instance types exceed limits for nodepool: …".
const KARPENTER = /nodepool|provisioner "|no instance type/i;

const REFUSALS: readonly (readonly [AutoscalerRefusal, RegExp])[] = [
  [
    'at_maximum',
    /max node group size reached|max cluster [\w, ]{1,60}limit reached|exceed limits for (?:nodepool|provisioner)/i,
  ],
  ['failed_before', /in backoff after failed scale-up/i],
];

/** An analyzer for one reason for which an autoscaler adds no node. */
export function defineAutoscalerAnalyzer(definition: AutoscalerDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: definition.severity,
    tier: definition.tier,
    reads: ['Pod', 'Event'],
    sources: definition.sources,
    analyze: (index) => {
      const hits = findRefusals(index).filter(({ refusal }) => refusal === definition.refusal);
      return groupByWorkload(index, hits, () => '').map((group) => describe(index, definition, group));
    },
  });
}

function describe(index: SnapshotIndex, definition: AutoscalerDefinition, group: Affected<AutoscalerHit>) {
  const [hit] = group.hits;
  const { sharedKey } = definition;
  return {
    subject: group.subject,
    summary: definition.summary,
    since: Math.min(...group.hits.map(({ event }) => event.firstSeen)),
    evidence: [observeEvent(hit.event, hit.pod)],
    related: group.related,
    pods: group.pods,
    ...(sharedKey !== undefined && { sharedKey }),
    explanation: `No node is added for ${group.share} of ${group.subject.name} ${group.pods.length === 1 ? 'that waits' : 'that wait'} for one: ${definition.because} ("${toSingleLine(hit.event.message, 160)}").`,
    confidence: 'high' as const,
    remedies: definition.remedies(index, group.workload),
    templateMayCauseIt: false,
  };
}

const findRefusals = oncePerSnapshot((index: SnapshotIndex): readonly AutoscalerHit[] =>
  index.pods.flatMap((pod) => {
    const scheduled = findCondition(pod, 'PodScheduled');
    if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return [];
    const event = index.eventsOf(pod).find((entry) => isRefusal(index, entry));
    if (event === undefined) return [];
    const refusal = REFUSALS.find(([, words]) => words.test(event.message))?.[0] ?? 'would_not_help';
    return [{ pod, event, refusal }];
  }),
);

function isRefusal(index: SnapshotIndex, { reason, message, lastSeen }: EventView): boolean {
  if (!(index.takenAt - lastSeen <= 2 * RECENT_MS)) return false;
  return reason === CLUSTER_AUTOSCALER || (reason === 'FailedScheduling' && KARPENTER.test(message));
}
