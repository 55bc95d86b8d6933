import { formatMemory } from '../../snapshot/quantities.ts';
import { countOf } from '../../wording.ts';
import type { BurstResource } from './burst.ts';

/** `2.5 cores`, `1.5Gi`. */
export function formatAmount(resource: BurstResource, amount: number): string {
  return resource === 'memory' ? formatMemory(amount) : countOf(Number(amount.toFixed(1)), 'core');
}
