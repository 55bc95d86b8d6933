import type { Proposal } from '@jamie/core';
import { formatMemory, parseQuantity } from '../../snapshot/quantities.ts';
import type { Affected } from './affected-workload.ts';
import { defineCrashAnalyzer } from './crash-analyzer.ts';
import type { CrashHit } from './crashing-container.ts';

/** The advice for a container that needs more memory than its limit; a resize where a workload keeps the container. */
export function raiseMemoryLimit(
  { container }: Pick<CrashHit, 'container'>,
  workload?: Affected<CrashHit>['workload'],
): Proposal {
  const limit = container.limits['memory'];
  const bytes = limit === undefined ? undefined : parseQuantity(limit);
  if (bytes === undefined) {
    return {
      label: 'Give the node or the container more memory',
      advice: `Container ${container.name} has no memory limit, so the node itself ran out: set a request that matches its use, or move it to a larger node.`,
    };
  }
  // Half as much again is a first step to measure from, not a forecast.
  const next = formatMemory(bytes * 1.5);
  const isKept = workload !== undefined && !container.isInit;
  return {
    label: `Raise the memory limit from ${limit} to ${next}`,
    advice: `Raise the memory limit of container ${container.name} from ${limit} to about ${next}, or find what uses the memory if the use keeps growing.`,
    ...(isKept && {
      operation: {
        kind: 'resize',
        target: { kind: workload.kind, namespace: workload.namespace, name: workload.name },
        container: container.name,
        limits: { memory: next },
      },
    }),
  };
}

/** How a sentence names the limit. */
export function limitOf({ container }: Pick<CrashHit, 'container'>): string {
  const limit = container.limits['memory'];
  return limit === undefined ? 'the memory of its node' : `its memory limit of ${limit}`;
}

/** CHK-POD-111: out of memory, again and again. */
export const oomKilled = defineCrashAnalyzer({
  code: 'CHK-POD-111',
  title: 'container that is OOMKilled again and again',
  sources: [
    'Robusta on_pod_oom_killed',
    'Robusta on_container_oom_killed',
    'Robusta PodOOMKill',
    'OpenSRE 001-oomkilled-crashloop',
    'k8s-ai-bench fix-oomkilled',
  ],
  exit: 'out_of_memory',
  summary: (hit) => `needs more than ${limitOf(hit)} and is OOMKilled`,
  remedies: ({ hits: [hit], workload }) => [raiseMemoryLimit(hit, workload)],
});
