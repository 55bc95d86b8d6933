import type { EventView, PodView } from '@jamie/core';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import { findCondition, isPodReady } from '../../snapshot/conditions.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { countOf, formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import type { Observation } from '../fault.ts';
import { findProbeFailure } from '../pod/probe-events.ts';
import { selectsPods } from './service-endpoints.ts';

/** How a pod that is ready now fails its readiness probe again and again. */
interface Flapping {
  readonly event: EventView;
  readonly readySince: number;
}

/** From so many failed probes on, with a pod that is ready in between, it is not one slow answer. */
const MIN_FAILURES = 6;

/**
 * CHK-SVC-215: a pod behind a Service becomes ready and unready in turn, so that some requests fail. A pod whose containers
 * restart is left out: what makes them restart is told by itself.
 */
export const endpointFlapping = defineAnalyzer({
  code: 'CHK-SVC-215',
  title: 'Service whose endpoints come and go',
  severity: 'warning',
  tier: 'pod',
  reads: ['Service', 'Pod', 'Event'],
  sources: ['HolmesGPT network flapping'],
  analyze: (index) => [...flappingPods(index)].map(([pod, flapping]) => describe(index, pod, flapping)),
});

const flappingPods = oncePerSnapshot((index): ReadonlyMap<PodView, Flapping> => {
  const found = new Map<PodView, Flapping>();
  for (const service of index.services.filter(selectsPods)) {
    for (const pod of index.podsSelectedBy(service)) {
      const flapping = found.has(pod) ? undefined : findFlapping(index, pod);
      if (flapping !== undefined) found.set(pod, flapping);
    }
  }
  return found;
});

function findFlapping(index: SnapshotIndex, pod: PodView): Flapping | undefined {
  const readySince = findCondition(pod, 'Ready')?.since ?? 0;
  const isSettled = index.takenAt - readySince >= RECENT_MS || index.takenAt - pod.createdAt < 2 * RECENT_MS;
  if (!isPodReady(pod) || isSettled || pod.containers.some(({ restartCount }) => restartCount > 0))
    return undefined;
  const event = findProbeFailure(index, pod, 'readiness');
  return event === undefined || event.count < MIN_FAILURES ? undefined : { event, readySince };
}

function describe(index: SnapshotIndex, pod: PodView, { event, readySince }: Flapping): Observation {
  const ago = formatDuration(index.takenAt - readySince);
  const failures = `${countOf(event.count, 'time')} in ${formatDuration(event.lastSeen - event.firstSeen)}`;
  const workload = index.workloadOf(pod);
  return {
    subject: refOf(workload ?? pod),
    summary: `its pod ${pod.name} becomes ready and unready in turn`,
    since: event.firstSeen,
    evidence: [
      observeEvent(event, pod),
      observeField(pod, 'status.conditions[Ready]', `True again for ${ago}`, index.takenAt),
    ],
    related: [refOf(pod)],
    pods: [],
    explanation: `Pod ${pod.name} failed its readiness probe ${failures} and became ready again ${ago} ago: each time its Service loses an endpoint, and requests to it fail.`,
    confidence: 'medium',
    remedies: [
      {
        label: 'Find why it answers late',
        advice: `Look at the CPU, the log and the dependencies of ${pod.name} at the times of the failed probes; if it is only slow, raise timeoutSeconds of its readiness probe.`,
      },
    ],
    templateMayCauseIt: true,
  };
}
