import { type ContainerView, MAX_FOLLOW_UPS, type PodView, type ReplyOption } from '@jamie/core';
import type { IntentOf } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import type { LogReading } from './log-reading.ts';

const MAX_OTHER_PODS = 2;
const MAX_OTHER_CONTAINERS = 2;
const SHORTER_SECONDS = 600;

type LogsIntent = IntentOf<'logs'>;

/** What a person may want after a log: the run before, other pods and containers, or a way to see less or more. */
export function logFollowUps({ intent, target, log }: LogReading): readonly ReplyOption[] {
  const { pod, container, otherPods, otherContainers } = target;
  const pods = otherPods.slice(0, MAX_OTHER_PODS).map((other) => logsOf(other.name, atPod(intent, other)));
  const atThisPod = atPod(intent, pod);
  const containers = otherContainers
    .slice(0, MAX_OTHER_CONTAINERS)
    .map((other) => logsOf(other.name, atContainer(atThisPod, other)));
  const here = atContainer(atThisPod, container);
  return [...otherRuns(here, container), ...pods, ...containers, ...otherTimes(here, log)].slice(
    0,
    MAX_FOLLOW_UPS,
  );
}

function otherRuns(here: LogsIntent, { lastState, restartCount }: ContainerView): readonly ReplyOption[] {
  if (here.previous) return [option('Logs of now', { ...here, previous: false })];
  if (restartCount === 0 && lastState.kind !== 'terminated') return [];
  const hasCrashed = lastState.kind === 'terminated' && lastState.exitCode !== 0;
  return [option(`Logs before the ${hasCrashed ? 'crash' : 'restart'}`, { ...here, previous: true })];
}

function otherTimes(here: LogsIntent, { lines, missing }: LogReading['log']): readonly ReplyOption[] {
  const { sinceSeconds, ...always } = here;
  if (sinceSeconds !== undefined) return lines.length === 0 ? [option('Older lines too', always)] : [];
  return missing === 'older' && !here.previous
    ? [option('The last 10 min only', { ...here, sinceSeconds: SHORTER_SECONDS })]
    : [];
}

function logsOf(name: string, intent: LogsIntent): ReplyOption {
  return option(`Logs of ${name}`, intent);
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
