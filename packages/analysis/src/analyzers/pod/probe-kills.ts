import type { ContainerView, EventView, PodView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { type Affected, groupByWorkload } from './affected-workload.ts';
import { classifyExit, latestEnd } from './crashing-container.ts';
import { findProbeFailure, findProbeKill } from './probe-events.ts';

interface KillHit {
  readonly pod: PodView;
  readonly container: ContainerView;
  readonly kill: EventView;
  readonly failure: EventView | undefined;
}

export interface ProbeKillDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources?: readonly string[];
  readonly probe: 'liveness' | 'startup';
  /** What to look at, for a container and its probe. */
  advice(container: string, probe: string): string;
}

/** An analyzer for containers that the kubelet restarts because a probe fails. */
export function defineProbeKillAnalyzer(definition: ProbeKillDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'critical',
    tier: 'pod',
    ...(definition.sources !== undefined && { sources: definition.sources }),
    reads: ['Pod', 'Event'],
    analyze: (index) => {
      const hits = findKilled(index, definition.probe);
      return groupByWorkload(index, hits, (hit) => hit.container.name).map((group) =>
        describe(definition, group),
      );
    },
  });
}

function findKilled(index: SnapshotIndex, probe: 'liveness' | 'startup'): readonly KillHit[] {
  return index.pods.flatMap((pod) =>
    pod.containers.flatMap((container) => {
      const kill = findProbeKill(index, pod, container, probe);
      // One kill after which it is ready again is what the probe is for.
      if (kill === undefined || (container.ready && container.restartCount < 2)) return [];
      const end = latestEnd(container);
      // The kubelet may kill what had run out of memory anyway.
      if (end !== undefined && classifyExit(end) === 'out_of_memory') return [];
      return [{ pod, container, kill, failure: findProbeFailure(index, pod, probe) }];
    }),
  );
}

function describe(definition: ProbeKillDefinition, group: Affected<KillHit>) {
  const { pod, container, kill, failure } = group.hits[0];
  const probe = container.probes[definition.probe] ?? '';
  const restarts = group.hits.reduce((sum, hit) => sum + hit.container.restartCount, 0);
  const words = failure === undefined ? '' : `: "${toSingleLine(failure.message, 140)}"`;
  const named = probe === '' ? `${definition.probe} probe` : `${definition.probe} probe ${probe}`;
  return {
    subject: group.subject,
    summary: `container ${container.name} is restarted because its ${named} fails`,
    since: Math.min(...group.hits.map((hit) => hit.kill.firstSeen)),
    evidence: [
      observeEvent(kill, pod),
      ...(failure === undefined ? [] : [observeEvent(failure, pod)]),
      observeField(
        pod,
        `status.containerStatuses[${container.name}].restartCount`,
        countOf(container.restartCount, 'restart'),
        kill.lastSeen,
      ),
    ],
    related: group.related,
    pods: group.pods,
    container: container.name,
    explanation: `The kubelet restarts container ${container.name} in ${group.share} because its ${named} fails${words}; ${countOf(restarts, 'restart')} so far.`,
    confidence: failure === undefined ? ('medium' as const) : ('high' as const),
    remedies: [
      {
        label: `Mend the ${definition.probe} probe or what it asks for`,
        advice: definition.advice(container.name, named),
      },
    ],
    templateMayCauseIt: true,
  };
}
