import type { ContainerView, PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_OOM_MS } from '../../thresholds.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { ago, groupByWorkload } from './affected-workload.ts';
import { findCrashing, type Termination } from './crashing-container.ts';
import { limitOf, raiseMemoryLimit } from './oom-killed.ts';

interface OomHit {
  readonly pod: PodView;
  readonly container: ContainerView;
  readonly termination: Termination;
}

/** CHK-POD-112: it runs again, but it ran out of memory not long ago. */
export const oomKilledRecently = defineAnalyzer({
  code: 'CHK-POD-112',
  title: 'container that was OOMKilled recently and runs again',
  sources: ['HolmesGPT OOM'],
  severity: 'warning',
  tier: 'pod',
  reads: ['Pod'],
  analyze: (index) =>
    groupByWorkload(index, findRecovered(index), (hit) => hit.container.name).map((oom) => {
      const { pod, container, termination } = oom.hits[0];
      const limit = limitOf({ container });
      return {
        subject: oom.subject,
        summary: `container ${container.name} was OOMKilled ${ago(index, termination.finishedAt)} and runs again`,
        since: termination.finishedAt,
        evidence: [
          observeField(
            pod,
            `status.containerStatuses[${container.name}].lastState`,
            `OOMKilled, exit code ${termination.exitCode}, ${countOf(container.restartCount, 'restart')}`,
            termination.finishedAt,
          ),
        ],
        related: oom.related,
        pods: oom.pods,
        container: container.name,
        explanation: `Container ${container.name} exceeded ${limit} and was OOMKilled ${ago(index, termination.finishedAt)} in ${oom.share}; it runs again now.`,
        confidence: 'high' as const,
        remedies: [raiseMemoryLimit({ container }, oom.workload)],
        templateMayCauseIt: false,
      };
    }),
});

function findRecovered(index: SnapshotIndex): readonly OomHit[] {
  const looping = new Set(findCrashing(index).map((hit) => hit.container));
  return index.pods.flatMap((pod) =>
    pod.containers.flatMap((container) => {
      const { state, lastState } = container;
      if (looping.has(container) || state.kind !== 'running' || lastState.kind !== 'terminated') return [];
      const isRecent = index.takenAt - lastState.finishedAt <= RECENT_OOM_MS;
      return lastState.reason === 'OOMKilled' && isRecent ? [{ pod, container, termination: lastState }] : [];
    }),
  );
}
