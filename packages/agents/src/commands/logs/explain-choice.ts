import { someOf } from '@jamie/analysis';
import type { LogTarget } from './log-target.ts';

const POD_REASONS = {
  crashing: 'it is crashing',
  not_ready: 'it is not ready',
  newest: 'it is the newest',
} as const;

/** Says why this pod and this container, where there was a choice that nobody made. */
export function explainChoice(subject: string, target: LogTarget): readonly string[] {
  return [...explainPod(subject, target), ...explainContainer(target)];
}

function explainPod(subject: string, { pod, podReason, otherPods }: LogTarget): readonly string[] {
  if (podReason === 'named' || podReason === 'only') return [];
  return [
    `${subject} has ${otherPods.length + 1} pods. I took ${pod.name} because ${POD_REASONS[podReason]}.`,
  ];
}

function explainContainer({ container, containerReason, otherContainers }: LogTarget): readonly string[] {
  if (otherContainers.length === 0) return [];
  const others = someOf(otherContainers.map(({ name, isInit }) => (isInit ? `${name} (init)` : name)));
  switch (containerReason) {
    case 'named':
    case 'only':
      return [];
    case 'crashing':
      return [`Container ${container.name} is the one that fails; there is also ${others}.`];
    case 'initialising':
      return [`The pod is still at its init container ${container.name}; there is also ${others}.`];
    case 'first':
      return [`I took container ${container.name}; there is also ${others}.`];
  }
}
