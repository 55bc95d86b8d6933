import { type ClusterReader, type Principal, readJsonPointer, type WorkloadRef } from '@jamie/core';
import { MAX_REPLICAS, type ReplicaAmount } from '../grammar/parameters.ts';

export type ResolvedAmount =
  | { readonly kind: 'replicas'; readonly replicas: number }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Makes an amount absolute. "Two more" and "double" are counted from what the live object asks for now, read as the
 * person; the plan pins that number, so that a count which moves before the approval makes the plan stale.
 */
export async function resolveAmount(
  reader: ClusterReader,
  ref: WorkloadRef,
  person: Principal,
  amount: ReplicaAmount,
): Promise<ResolvedAmount> {
  if (amount.kind === 'to') return { kind: 'replicas', replicas: amount.replicas };
  const live = await reader.get(ref, person.kubernetes);
  const current = readJsonPointer(live, '/spec/replicas');
  if (typeof current !== 'number')
    return { kind: 'refused', message: `${ref.kind} ${ref.name} has no replica count to start from.` };
  return applyAmount(current, amount);
}

/** Pure. Half of an odd count is rounded up: fewer than meant is the worse mistake. */
function applyAmount(current: number, amount: Exclude<ReplicaAmount, { kind: 'to' }>): ResolvedAmount {
  const replicas =
    amount.kind === 'by' ? current + amount.difference : Math.ceil(current * amount.factor - 1e-9);
  if (replicas < 0)
    return {
      kind: 'refused',
      message: `It has ${current} replicas; I cannot take away ${-(replicas - current)}.`,
    };
  if (replicas > MAX_REPLICAS)
    return { kind: 'refused', message: `${replicas} replicas is more than I accept (${MAX_REPLICAS}).` };
  if (replicas === current && amount.kind === 'times')
    return { kind: 'refused', message: `It has ${current} replicas; that changes nothing. Name the number.` };
  return { kind: 'replicas', replicas };
}
