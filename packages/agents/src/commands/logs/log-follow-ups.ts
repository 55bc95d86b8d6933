import type { ContainerView, PodView, ReplyOption } from '@jamie/core';
import type { IntentOf } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import type { LogReading } from './log-reply.ts';

const MAX_FOLLOW_UPS = 5;
const MAX_OTHER_PODS = 2;
const MAX_OTHER_CONTAINERS = 2;
const SHORTER_SECONDS = 600;

type LogsIntent = IntentOf<'logs'>;

/** What a person may want after a log: the run before, other pods and containers, or a way to see less or more. */
export function logFollowUps({ intent, target, log }: LogReading): readonly ReplyOption[] {
  const { pod, container } = target;
  const here = atPod(intent, pod);
  const options = [
    ...(hasEnded(container) && !intent.previous
      ? [option('Logs before the crash', { ...atContainer(here, container), previous: true })]
      : []),
    ...(intent.previous ? [option('Logs of now', { ...atContainer(here, container), previous: false })] : []),
    ...target.otherPods
      .slice(0, MAX_OTHER_PODS)
      .map((other) => option(`Logs of ${other.name}`, atPod(intent, other))),
    ...target.otherContainers
      .slice(0, MAX_OTHER_CONTAINERS)
      .map((other) => option(`Logs of ${other.name}`, atContainer(here, other))),
    ...(log.lines.length === 0 && intent.sinceSeconds !== undefined
      ? [option('Older lines too', without(atContainer(here, container)))]
      : []),
    ...(log.missing === 'older' && intent.sinceSeconds === undefined && !intent.previous
      ? [
          option('The last 10 min only', {
            ...atContainer(here, container),
            sinceSeconds: SHORTER_SECONDS,
          }),
        ]
      : []),
  ];
  return options.slice(0, MAX_FOLLOW_UPS);
}

function option(label: string, intent: LogsIntent): ReplyOption {
  return { label, command: formatIntent(intent) };
}

/** The same for one pod by its name. Nothing of a container or of following is carried over. */
function atPod(
  { container: _container, followSeconds: _follow, ...intent }: LogsIntent,
  pod: PodView,
): LogsIntent {
  return {
    ...intent,
    words: [`pod/${pod.name}`],
    place: { ...intent.place, namespace: pod.namespace },
  };
}

function atContainer(intent: LogsIntent, container: ContainerView): LogsIntent {
  return { ...intent, container: container.name };
}

function without({ sinceSeconds: _since, ...intent }: LogsIntent): LogsIntent {
  return intent;
}

/** Whether there was a run before this one. */
function hasEnded({ lastState, restartCount }: ContainerView): boolean {
  return restartCount > 0 || lastState.kind === 'terminated';
}
