import type { ResourceQuotaView } from '@jamie/core';
import { parseQuantity } from '../../snapshot/quantities.ts';
import { inStableOrder } from '../../snapshot/stable-order.ts';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** From this share on a rollout, which needs some pods more for a time, may no longer fit. */
const NEARLY = 0.9;

/** CHK-CFG-1206: a quota leaves little room. One that refuses pods is told by CHK-ADM-401. */
export const quotaNearlyUsed = defineAnalyzer({
  code: 'CHK-CFG-1206',
  title: 'ResourceQuota that is nearly used up',
  severity: 'info',
  tier: 'workload',
  reads: ['ResourceQuota'],
  lint: true,
  sources: ['HolmesGPT quota exceeded', 'OpenSRE 005-resource-quota-exceeded'],
  analyze: (index) =>
    inStableOrder(index.snapshot.objects.ResourceQuota).flatMap((quota) => {
      const scarce = scarceOf(quota);
      if (scarce.length === 0 || quota.deletingSince !== undefined) return [];
      return [
        observationOn(index, quota, {
          field: 'status.used',
          value: scarce.join(', '),
          summary: `is nearly used up: ${listOf(scarce)}`,
          explanation: `ResourceQuota ${quota.name} of namespace ${quota.namespace} leaves little: ${listOf(scarce)}. What goes beyond it is refused.`,
          remedies: [
            {
              label: `Raise ${quota.name}, or use less`,
              advice: `Raise ${quota.name} before the next rollout or scale-up, or lower requests in ${quota.namespace}.`,
            },
          ],
        }),
      ];
    }),
});

function scarceOf({ hard, used }: ResourceQuotaView): readonly string[] {
  return Object.keys(hard)
    .sort()
    .flatMap((resource) => {
      const limit = parseQuantity(hard[resource] ?? '');
      const taken = parseQuantity(used[resource] ?? '');
      // A limit of none forbids, and is meant to be used up.
      if (limit === undefined || taken === undefined || limit <= 0 || taken / limit < NEARLY) return [];
      return [`${used[resource]} of ${hard[resource]} ${resource}`];
    });
}
