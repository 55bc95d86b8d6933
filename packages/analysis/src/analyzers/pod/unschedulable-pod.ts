import type { ConditionView, ObjectRef, PodView, Proposal, WorkloadView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { START_GRACE_MS } from '../../thresholds.ts';
import { listOf } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { type Affected, groupByWorkload } from './affected-workload.ts';
import { cordonedThatFit } from './cordoned-that-fit.ts';
import { type Obstacle, parseSchedulerMessage, type SchedulerMessage } from './scheduler-message.ts';

/** A pod that no node takes. */
export interface UnschedulableHit {
  readonly pod: PodView;
  readonly condition: ConditionView;
  readonly parsed: SchedulerMessage;
  /** What decides, with what is known of the nodes. */
  readonly obstacle: Obstacle;
}

export interface UnschedulableDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources?: readonly string[];
  readonly obstacle: Obstacle;
  /** A clause that ends the explanation, with numbers where nodes could be read; may be empty. */
  detail(index: SnapshotIndex, hit: UnschedulableHit): string;
  remedies(
    index: SnapshotIndex,
    hit: UnschedulableHit,
    workload: WorkloadView | undefined,
  ): readonly Proposal[];
  /** Default: high. */
  readonly confidence?: 'high' | 'low';
  /** Nodes whose own faults would explain it. */
  nodes?(index: SnapshotIndex, hit: UnschedulableHit): readonly ObjectRef[];
}

/** An analyzer for one obstacle that keeps pods off the nodes. */
export function defineUnschedulableAnalyzer(definition: UnschedulableDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'critical',
    tier: 'pod',
    ...(definition.sources !== undefined && { sources: definition.sources }),
    reads: ['Pod'],
    helpedBy: ['Node', 'Event'],
    analyze: (index) => {
      const hits = findUnschedulable(index).filter((hit) => hit.obstacle === definition.obstacle);
      return groupByWorkload(index, hits, () => '').map((group) => describe(index, definition, group));
    },
  });
}

function describe(
  index: SnapshotIndex,
  definition: UnschedulableDefinition,
  group: Affected<UnschedulableHit>,
) {
  const [hit] = group.hits;
  const words = reasonsOf(hit);
  const event = index.eventsOf(hit.pod).find((entry) => entry.reason === 'FailedScheduling');
  const where = 'status.conditions[PodScheduled]';
  const condition = observeField(
    hit.pod,
    where,
    hit.condition.message || hit.condition.reason,
    index.takenAt,
  );
  return {
    subject: group.subject,
    summary: `no node takes its pods: ${words}`,
    since: Math.min(...group.hits.map((entry) => entry.condition.since)),
    evidence:
      event === undefined || event.message === hit.condition.message
        ? [condition]
        : [condition, observeEvent(event, hit.pod)],
    related: [...group.related, ...(definition.nodes?.(index, hit) ?? [])],
    pods: group.pods,
    explanation: `No node takes ${group.share}: ${words}${definition.detail(index, hit)}.`,
    confidence: definition.confidence ?? ('high' as const),
    remedies: definition.remedies(index, hit, group.workload),
    // A cordon is the node's, whatever the template says.
    templateMayCauseIt: definition.obstacle !== 'cordoned',
  };
}

function reasonsOf({ parsed, condition }: UnschedulableHit): string {
  if (parsed.reasons.length === 0)
    return toSingleLine(condition.message || 'the scheduler gives no reason', 160);
  const total = parsed.totalNodes === undefined ? '' : ` of ${parsed.totalNodes}`;
  return listOf(parsed.reasons.map((reason) => `${reason.nodes}${total} ${toSingleLine(reason.text, 120)}`));
}

const findUnschedulable = oncePerSnapshot((index: SnapshotIndex): readonly UnschedulableHit[] => {
  return index.pods.flatMap((pod) => {
    const condition = findCondition(pod, 'PodScheduled');
    // SchedulingGated is somebody's wish, not a fault.
    if (condition?.status !== 'False' || condition.reason !== 'Unschedulable') return [];
    if (index.takenAt - Math.max(condition.since, pod.createdAt) < START_GRACE_MS) return [];
    const parsed = parseSchedulerMessage(condition.message);
    return [{ pod, condition, parsed, obstacle: decisiveObstacle(index, pod, parsed) }];
  });
});

/** A cordoned node that would fit decides over those that never did; one that would not is no obstacle at all. */
function decisiveObstacle(index: SnapshotIndex, pod: PodView, parsed: SchedulerMessage): Obstacle {
  if (parsed.obstacle === 'capacity') return 'capacity';
  const namesCordon = parsed.reasons.some((reason) => reason.obstacle === 'cordoned');
  if (namesCordon && cordonedThatFit(index.nodes, pod).length > 0) return 'cordoned';
  return parsed.obstacle === 'cordoned' ? 'other' : parsed.obstacle;
}
