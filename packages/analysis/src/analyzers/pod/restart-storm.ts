import type { ContainerView, PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { ago, groupByWorkload } from './affected-workload.ts';
import { findCrashing, type Termination } from './crashing-container.ts';

interface StormHit {
  readonly pod: PodView;
  readonly container: ContainerView;
  readonly end: Termination;
}

const DAY_MS = 86_400_000;
/** Ours: no run lasts much more than an hour, in all of its life. */
const RESTARTS_A_DAY = 20;
/** One that has run for longer than this many of its usual runs has recovered. */
const USUAL_RUNS = 2;

/** CHK-POD-168: it runs now, but restarts day after day. One that crashes right now is told of by its crash. */
export const restartStorm = defineAnalyzer({
  code: 'CHK-POD-168',
  title: 'container that runs now and restarts many times a day',
  severity: 'warning',
  tier: 'pod',
  reads: ['Pod'],
  explainedBy: ['CHK-POD-112', 'CHK-POD-152', 'CHK-POD-153'],
  sources: ['popeye 205', 'Robusta KubePodCrashLooping'],
  analyze: (index) =>
    groupByWorkload(index, findStorms(index), (hit) => hit.container.name).map((group) => {
      const [{ container }] = group.hits;
      const latest = group.hits.reduce((a, b) => (b.end.finishedAt > a.end.finishedAt ? b : a));
      const restarts = group.hits.reduce((sum, hit) => sum + hit.container.restartCount, 0);
      const last = `exit code ${latest.end.exitCode}${latest.end.reason === '' ? '' : `, ${latest.end.reason}`}`;
      return {
        subject: group.subject,
        summary: `container ${container.name} runs, after ${countOf(restarts, 'restart')}`,
        since: Math.min(...group.pods.map((pod) => pod.createdAt)),
        evidence: group.hits
          .slice(0, 3)
          .map(({ pod, container: each, end }) =>
            observeField(
              pod,
              `status.containerStatuses[${each.name}]`,
              `${countOf(each.restartCount, 'restart')}, the last with exit code ${end.exitCode}`,
              end.finishedAt,
            ),
          ),
        related: group.related,
        pods: group.pods,
        container: container.name,
        explanation: `Container ${container.name} runs now in ${group.share}, but it has restarted ${countOf(restarts, 'time')}, at least ${RESTARTS_A_DAY} times in each day of its life, the last time ${ago(index, latest.end.finishedAt)} (${last}).`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Find what ends it',
            advice: `Read the end of the previous log of container ${container.name}: requests under way are lost with each restart.`,
          },
        ],
        templateMayCauseIt: false,
      };
    }),
});

function findStorms(index: SnapshotIndex): readonly StormHit[] {
  const crashing = new Set(findCrashing(index).map((hit) => hit.container));
  return index.pods.flatMap((pod) =>
    pod.containers.flatMap((container) => {
      const { state, lastState, restartCount, isInit } = container;
      if (isInit || state.kind !== 'running' || lastState.kind !== 'terminated') return [];
      if (crashing.has(container) || index.takenAt - lastState.finishedAt > DAY_MS) return [];
      const ageMs = index.takenAt - pod.createdAt;
      const days = Math.max(1, ageMs / DAY_MS);
      const hasRecovered = index.takenAt - lastState.finishedAt > (USUAL_RUNS * ageMs) / restartCount;
      return restartCount >= RESTARTS_A_DAY * days && !hasRecovered
        ? [{ pod, container, end: lastState }]
        : [];
    }),
  );
}
