import { formatDuration } from '@jamie/analysis';
import type { ContainerState, ContainerView, PodView } from '@jamie/core';
import type { IntentOf } from '../../grammar/command-list.ts';
import type { NoLogTarget } from './log-target.ts';
import type { LogText } from './read-log.ts';

type Unread = Extract<LogText, { kind: 'unread' }>;

/** Why there is nobody whose log could be read. `what` is how the object is called. */
export function explainNoTarget(
  reason: Extract<NoLogTarget, { kind: 'none' }>['reason'],
  what: string,
): string {
  switch (reason) {
    case 'gone':
      return `${what} is not there any more. Name what took its place.`;
    case 'no_pods':
      return `${what} has no pods now, so there is no log. Type why to see what keeps them away.`;
    case 'unread':
      return 'I cannot see pods on this cluster now, so I do not know whose log to read. Name the pod.';
    case 'no_log':
      return `${what} writes no log that I can read. Name a workload, a Service or a pod.`;
  }
}

/** Why a log could not be read, in words, from what the cluster says of the container. */
export function explainUnread(
  unread: Unread,
  { previous }: IntentOf<'logs'>,
  pod: PodView,
  container: ContainerView,
): string {
  const name = `Container ${container.name} of ${pod.name}`;
  switch (unread.reason) {
    case 'gone':
      return `Pod ${pod.name} is gone, and its log with it. Ask for its workload instead.`;
    case 'forbidden':
      return `${unread.message} Ask somebody with rights there.`;
    case 'forgotten':
      return `The node no longer keeps the log of container ${container.name} of ${pod.name}: it was rotated away.`;
    case 'refused':
      if (previous) return explainNoPrevious(name, container);
      return container.state.kind === 'waiting'
        ? `${name} has written nothing: it has not started. It waits: ${stateWords(container.state)}.`
        : `${name} has no log yet. ${unread.message}`;
  }
}

function explainNoPrevious(name: string, container: ContainerView): string {
  if (container.restartCount === 0) return `${name} has not restarted, so there is no log from before.`;
  return `${name} has restarted ${container.restartCount} times, but the node no longer keeps the log from before.`;
}

/** Why a log that could be read is empty. */
export function explainEmpty(
  intent: Pick<IntentOf<'logs'>, 'previous' | 'sinceSeconds'>,
  container: ContainerView,
  now: number,
): string {
  if (intent.previous) return 'It ended without writing a line, or its log was rotated away.';
  if (intent.sinceSeconds !== undefined)
    return `It wrote nothing in the last ${formatDuration(intent.sinceSeconds * 1_000)}. Leave out --since for older lines.`;
  const { state } = container;
  switch (state.kind) {
    case 'waiting':
      return `It has not started: it waits (${stateWords(state)}).`;
    case 'running':
      return `It has run for ${formatDuration(now - state.since)} and has written nothing, or its log was rotated a moment ago.`;
    case 'terminated':
      return `It ended with code ${state.exitCode} and wrote nothing.`;
    case 'unknown':
      return 'It has written nothing yet.';
  }
}

function stateWords(state: Extract<ContainerState, { kind: 'waiting' }>): string {
  return [state.reason, state.message].filter((part) => part !== '').join(': ') || 'no reason is given';
}
