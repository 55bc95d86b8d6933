import type { ClusterSnapshot } from '@jamie/core';
import { quantityOf } from './quantity.ts';

/** Less than any program runs in: `100` was meant as `100Mi`, and the container would be killed as it starts. */
const LEAST_MEMORY_BYTES = 2 ** 20;

type Amounts = Readonly<Record<string, string | undefined>>;

/** Why nothing could run with these requests and limits; undefined where something may. Pure. */
export function whyNothingRuns(
  requests: Amounts,
  limits: Amounts,
  snapshot: ClusterSnapshot,
): string | undefined {
  return tooLittleMemory(requests, limits) ?? moreThanAnyNode(requests, snapshot);
}

function tooLittleMemory(requests: Amounts, limits: Amounts): string | undefined {
  const small = [requests['memory'], limits['memory']].find(
    (amount) => (quantityOf(amount) ?? Infinity) < LEAST_MEMORY_BYTES,
  );
  if (small === undefined) return undefined;
  const meant = /^\d+$/.test(small) ? ` Did you mean ${small}Mi?` : '';
  return `${small} of memory is less than 1Mi: nothing starts with so little.${meant}`;
}

/** Nodes that cannot be read decide nothing. */
function moreThanAnyNode(requests: Amounts, { objects, unread }: ClusterSnapshot): string | undefined {
  if (unread.some(({ kind }) => kind === 'Node')) return undefined;
  for (const resource of ['cpu', 'memory']) {
    const wanted = quantityOf(requests[resource]);
    const sizes = objects.Node.map(({ allocatable }) => quantityOf(allocatable[resource]));
    if (wanted === undefined || sizes.length === 0 || sizes.includes(undefined)) continue;
    const largest = Math.max(...sizes.map((size) => size ?? 0));
    if (wanted <= largest) continue;
    const meant =
      resource === 'cpu' && /^\d+$/.test(requests['cpu'] ?? '') ? ` Did you mean ${requests['cpu']}m?` : '';
    return `No node has ${requests[resource]} of ${resource === 'cpu' ? 'CPU' : resource}, so no pod could start.${meant} Ask for less.`;
  }
  return undefined;
}
