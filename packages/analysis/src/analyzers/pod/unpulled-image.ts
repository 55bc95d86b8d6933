import type { ContainerView, EventView, PodView, Proposal } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';
import { classifyPullFailure, type PullFailure, registryOf } from './pull-failure.ts';

interface PullHit {
  readonly pod: PodView;
  readonly container: ContainerView;
  readonly reason: string;
  readonly message: string;
  readonly event: EventView | undefined;
  readonly failure: PullFailure;
}

export interface PullDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources?: readonly string[];
  readonly failure: PullFailure;
  /** What is wrong, as the end of "Image X …". */
  problem(image: string): string;
  remedies(image: string): readonly Proposal[];
}

const PULL_REASONS: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
]);

/** An analyzer for one reason why images cannot be pulled. */
export function definePullAnalyzer(definition: PullDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'critical',
    tier: 'pod',
    ...(definition.sources !== undefined && { sources: definition.sources }),
    reads: ['Pod'],
    helpedBy: ['Event'],
    analyze: (index) => {
      const hits = findUnpulled(index).filter((hit) => hit.failure === definition.failure);
      return groupByWorkload(index, hits, (hit) => hit.container.image).map((group) => {
        const { pod, container, reason, message, event } = group.hits[0];
        const image = toSingleLine(container.image, 200);
        const state = observeField(
          pod,
          `status.containerStatuses[${container.name}].state.waiting`,
          `${reason}: ${message === '' ? image : message}`,
          index.takenAt,
        );
        // A registry that nobody reaches is one cause for all of its images.
        const sharedKey = definition.failure === 'unreachable' ? registryOf(image) : image;
        return {
          subject: group.subject,
          summary: `image ${image} of container ${container.name} ${definition.problem(image)}`,
          since: Math.min(...group.hits.map((hit) => waitingSince(hit.pod))),
          evidence: event === undefined ? [state] : [state, observeEvent(event, pod)],
          related: group.related,
          pods: group.pods,
          container: container.name,
          sharedKey,
          explanation: `Image ${image} of container ${container.name} ${definition.problem(image)}, so ${group.share} cannot start.`,
          confidence: definition.failure === 'unknown' ? ('medium' as const) : ('high' as const),
          remedies: definition.remedies(image),
          templateMayCauseIt: definition.failure !== 'unreachable' && definition.failure !== 'rate_limited',
        };
      });
    },
  });
}

const findUnpulled = oncePerSnapshot((index: SnapshotIndex): readonly PullHit[] => {
  return index.pods.flatMap((pod) =>
    pod.containers.flatMap((container) => {
      if (container.state.kind !== 'waiting' || !PULL_REASONS.has(container.state.reason)) return [];
      const { reason, message } = container.state;
      const event = index
        .eventsOf(pod)
        .find(
          (entry) =>
            entry.reason === 'Failed' &&
            /pull|image/i.test(entry.message) &&
            entry.message.includes(container.image),
        );
      const failure = classifyFrom(reason, [message, event?.message ?? '']);
      return [{ pod, container, reason, message, event, failure }];
    }),
  );
});

/** The back-off message often lacks the reason that the event before it gave. */
function classifyFrom(reason: string, messages: readonly string[]): PullFailure {
  const failures = messages.map((message) => classifyPullFailure(reason, message));
  return failures.find((failure) => failure !== 'unknown') ?? 'unknown';
}

/** A pod waits for its image since it was scheduled. */
function waitingSince(pod: PodView): number {
  return pod.conditions.find((condition) => condition.type === 'PodScheduled')?.since ?? pod.createdAt;
}
