import type { PodView, Proposal, WorkloadView } from '@jamie/core';
import { requestThatFits } from '../../remedies/request-that-fits.ts';
import { scaleToWhatFits } from '../../remedies/scale-to-what-fits.ts';
import { parseQuantity } from '../../snapshot/quantities.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { defineUnschedulableAnalyzer, type UnschedulableHit } from './unschedulable-pod.ts';

interface Shortage {
  readonly resource: string;
  readonly requested: string;
  /** The most that any one node has to give, used or not. */
  readonly largestNode: string | undefined;
  /** Whether not even an empty node would do. */
  readonly exceedsEveryNode: boolean;
}

/** CHK-POD-141: the nodes lack CPU, memory or room. */
export const insufficientCapacity = defineUnschedulableAnalyzer({
  code: 'CHK-POD-141',
  title: 'pod that no node has room for',
  sources: [
    'k8sgpt Pod Unschedulable',
    'HolmesGPT pending by resources',
    'OpenSRE 003-pending-insufficient-resources',
    'Robusta SchedulingWarning',
    'k8s-ai-bench fix-pending-pod',
  ],
  obstacle: 'capacity',
  detail: (index, hit) => shortagesOf(index, hit).map(describeShortage).join(''),
  remedies: (index, hit, workload) => {
    const shortages = shortagesOf(index, hit);
    const isHopeless = shortages.some((shortage) => shortage.exceedsEveryNode);
    const fewer = isHopeless ? undefined : scaleToWhatFits(index, workload, NO_ROOM);
    const advice = shortages.map((shortage) => remedy(index, hit, workload, shortage));
    return fewer?.kind === 'propose' ? [fewer.proposal, ...advice] : advice;
  },
});

function describeShortage({ resource, requested, largestNode, exceedsEveryNode }: Shortage): string {
  const request = `; it requests ${requested} of ${resource}`;
  if (largestNode === undefined) return request;
  return exceedsEveryNode
    ? `${request}, more than any node has: the largest has ${largestNode}`
    : `${request}, and the largest node has ${largestNode} in all`;
}

const NO_ROOM = 'no node has room';

function remedy(
  index: SnapshotIndex,
  { pod }: UnschedulableHit,
  workload: WorkloadView | undefined,
  { resource, requested, largestNode, exceedsEveryNode }: Shortage,
): Proposal {
  if (exceedsEveryNode && largestNode !== undefined) {
    const fitting = requestThatFits(index, workload, pod, resource);
    const advice = `Lower the ${resource} request from ${requested} to less than ${largestNode}, or add a larger node: no node of this cluster could ever take it.`;
    return fitting.kind === 'propose'
      ? {
          label: `Lower the ${resource} request to ${fitting.amount}`,
          advice: `${advice} ${fitting.amount} is nine tenths of the most that a node has left now.`,
          operation: fitting.operation,
        }
      : { label: `Lower the ${resource} request to less than ${largestNode}`, advice };
  }
  return {
    label: `Free ${resource}, lower the request, or add a node`,
    advice: `Lower the ${resource} request from ${requested} if it uses less, free ${resource} on the nodes, or add a node.`,
  };
}

function shortagesOf(index: SnapshotIndex, { pod, parsed }: UnschedulableHit): readonly Shortage[] {
  const resources = parsed.reasons.flatMap(({ text }) => /^Insufficient (\S{1,100})/.exec(text)?.[1] ?? []);
  return [...new Set(resources)].map((resource) => {
    const requested = requestOf(pod, resource);
    const largest = largestOf(index, resource);
    return {
      resource,
      requested: requested.text,
      largestNode: largest?.text,
      exceedsEveryNode: largest !== undefined && requested.amount > largest.amount,
    };
  });
}

interface Amount {
  readonly amount: number;
  readonly text: string;
}

function requestOf(pod: PodView, resource: string): Amount {
  const texts = pod.containers
    .filter((container) => !container.isInit)
    .flatMap((container) => container.requests[resource] ?? []);
  const amount = texts.reduce((sum, text) => sum + (parseQuantity(text) ?? 0), 0);
  return { amount, text: texts.length === 0 ? 'an unstated amount' : texts.join(' + ') };
}

function largestOf(index: SnapshotIndex, resource: string): Amount | undefined {
  return index.nodes.reduce<Amount | undefined>((best, node) => {
    const text = node.allocatable[resource];
    const amount = text === undefined ? undefined : parseQuantity(text);
    if (text === undefined || amount === undefined) return best;
    return best === undefined || amount > best.amount ? { amount, text } : best;
  }, undefined);
}
