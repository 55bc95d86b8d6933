import type { ContainerView, EventView, PodView, Proposal } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import { findCondition, isPodReady } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { PROVEN_REVISION_MS, READY_GRACE_MS } from '../../thresholds.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { type Affected, groupByWorkload } from './affected-workload.ts';
import { findProbeFailure } from './probe-events.ts';

interface ReadinessHit {
  readonly pod: PodView;
  readonly container: ContainerView;
  readonly runningSince: number;
  readonly event: EventView | undefined;
}

/** CHK-POD-151: the program runs, but says that it is not ready. */
export const readinessProbeFailing = defineAnalyzer({
  code: 'CHK-POD-151',
  title: 'container that runs but fails its readiness probe',
  sources: [
    'k8sgpt Pod readiness failing',
    'popeye 204',
    'Robusta ProbeFailure',
    'HolmesGPT failed readiness',
    'k8s-ai-bench fix-probes',
  ],
  severity: 'critical',
  tier: 'pod',
  reads: ['Pod'],
  helpedBy: ['Event'],
  explainedBy: [
    'CHK-POD-101',
    'CHK-POD-102',
    'CHK-POD-103',
    'CHK-POD-104',
    'CHK-POD-105',
    'CHK-POD-111',
    'CHK-POD-152',
    'CHK-POD-153',
  ],
  analyze: (index) =>
    groupByWorkload(index, findNotReady(index), (hit) => hit.container.name).map((group) =>
      describe(index, group),
    ),
});

function findNotReady(index: SnapshotIndex): readonly ReadinessHit[] {
  return index.pods.flatMap((pod) =>
    pod.containers.flatMap((container) => {
      const { state, probes, ready, isInit } = container;
      if (ready || isInit || state.kind !== 'running' || probes.readiness === undefined) return [];
      // Until a startup probe has passed, readiness is not asked about.
      if (probes.startup !== undefined && findProbeFailure(index, pod, 'startup') !== undefined) return [];
      const condition = findCondition(pod, 'Ready');
      const notReadySince = Math.max(state.since, condition?.status === 'True' ? 0 : (condition?.since ?? 0));
      if (index.takenAt - notReadySince < READY_GRACE_MS) return [];
      return [
        { pod, container, runningSince: state.since, event: findProbeFailure(index, pod, 'readiness') },
      ];
    }),
  );
}

function describe(index: SnapshotIndex, group: Affected<ReadinessHit>) {
  const hit = group.hits.find((entry) => entry.event !== undefined) ?? group.hits[0];
  const { pod, container, event } = hit;
  const since = Math.min(
    ...group.hits.map((entry) => findCondition(entry.pod, 'Ready')?.since ?? entry.runningSince),
  );
  const words = event === undefined ? '' : `: "${toSingleLine(event.message, 140)}"`;
  const state = observeField(
    pod,
    `status.containerStatuses[${container.name}].ready`,
    `running for ${formatDuration(index.takenAt - hit.runningSince)} and not ready; probe ${container.probes.readiness}`,
    index.takenAt,
  );
  return {
    subject: group.subject,
    summary: `container ${container.name} runs but fails its readiness probe ${container.probes.readiness}`,
    since,
    evidence: event === undefined ? [state] : [observeEvent(event, pod), state],
    related: group.related,
    pods: group.pods,
    container: container.name,
    explanation: `Container ${container.name} runs in ${group.share} but has not been ready for ${formatDuration(index.takenAt - since)}, as its readiness probe ${container.probes.readiness} fails${words}.`,
    confidence: event === undefined ? ('medium' as const) : ('high' as const),
    remedies: remedies(index, group, hit),
    templateMayCauseIt: true,
  };
}

function remedies(
  index: SnapshotIndex,
  group: Affected<ReadinessHit>,
  hit: ReadinessHit,
): readonly Proposal[] {
  const advice: Proposal = {
    label: 'Mend what the probe asks for',
    advice: `Check that container ${hit.container.name} answers ${hit.container.probes.readiness}: the path, the port, and whatever the program waits for.`,
  };
  const { workload } = group;
  if (workload === undefined || !isStuckInstance(index, group)) return [advice];
  return [
    {
      label: `Restart ${workload.name}`,
      advice: `Other pods of the same revision are ready and ${group.share} stopped being ready after running for long, so new pods may do better.`,
      operation: {
        kind: 'restart',
        target: { kind: workload.kind, namespace: workload.namespace, name: workload.name },
      },
    },
    advice,
  ];
}

/** Only some pods of one revision fail, after having run for long: the instance is stuck, not the program wrong. */
function isStuckInstance(index: SnapshotIndex, group: Affected<ReadinessHit>): boolean {
  if (group.workload === undefined) return false;
  const owners = new Set(group.pods.map((pod) => pod.owner?.uid));
  const hasReadySibling = index
    .podsOf(group.workload)
    .some((pod) => owners.has(pod.owner?.uid) && isPodReady(pod));
  const wereReadyForLong = group.hits.every(({ pod, runningSince }) => {
    const turned = findCondition(pod, 'Ready')?.since;
    return turned !== undefined && turned - runningSince >= PROVEN_REVISION_MS;
  });
  return hasReadySibling && wereReadyForLong;
}
