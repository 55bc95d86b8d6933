import type { ContainerView, PodView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { START_GRACE_MS } from '../../thresholds.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';

interface RefusedHit {
  readonly pod: PodView;
  readonly container: ContainerView;
  readonly reason: string;
  readonly message: string;
}

export interface NotMadeDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources: readonly string[];
  /** The container's waiting reasons that say it. */
  readonly reasons: readonly string[];
  /** What happens to the container: "cannot be made by the runtime". */
  readonly problem: string;
  readonly label: string;
  advice(container: string): string;
}

/** An analyzer for containers that wait because the runtime or one of their hooks fails. */
export function defineNotMadeAnalyzer(definition: NotMadeDefinition): Analyzer {
  const reasons = new Set(definition.reasons);
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'critical',
    tier: 'pod',
    reads: ['Pod'],
    sources: definition.sources,
    analyze: (index) => {
      const hits = findWaiting(index).filter((hit) => reasons.has(hit.reason));
      return groupByWorkload(index, hits, (hit) => hit.container.name).map((group) => {
        const { pod, container, reason, message } = group.hits[0];
        const words = message === '' ? reason : toSingleLine(message, 200);
        const list = container.isInit ? 'initContainerStatuses' : 'containerStatuses';
        return {
          subject: group.subject,
          summary: `container ${container.name} ${definition.problem} (${reason})`,
          since: Math.min(...group.hits.map((hit) => hit.pod.createdAt)),
          evidence: [
            observeField(
              pod,
              `status.${list}[${container.name}].state.waiting`,
              `${reason}: ${words}`,
              index.takenAt,
            ),
          ],
          related: group.related,
          pods: group.pods,
          container: container.name,
          explanation: `Container ${container.name} ${definition.problem} in ${group.share}: "${words}".`,
          confidence: 'high' as const,
          remedies: [{ label: definition.label, advice: definition.advice(container.name) }],
          templateMayCauseIt: true,
        };
      });
    },
  });
}

const findWaiting = oncePerSnapshot((index: SnapshotIndex): readonly RefusedHit[] =>
  index.pods.flatMap((pod) => {
    if (index.takenAt - pod.createdAt < START_GRACE_MS || isOver(pod)) return [];
    return pod.containers.flatMap((container) => {
      const { state } = container;
      return state.kind === 'waiting'
        ? [{ pod, container, reason: state.reason, message: state.message }]
        : [];
    });
  }),
);

function isOver({ phase }: PodView): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
