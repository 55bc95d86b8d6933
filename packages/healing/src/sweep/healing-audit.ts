import type { CorrelationId, HealingCase, PlanId, StoreChange } from '@jamie/core';
import type { HealingContext } from '../healing-context.ts';

/** Who is named in the audit where nobody asked. */
const HEALER = 'healing';

/** What becomes of a case, for the record. */
export function healingAudit(
  { ids }: Pick<HealingContext, 'ids'>,
  what: 'found' | 'attempted' | 'ended' | 'escalated' | 'resolved',
  healingCase: HealingCase,
  more: { readonly at: number; readonly planId?: PlanId; readonly correlationId?: CorrelationId },
): StoreChange {
  const { id, cluster, subject, remediation, findingCode, reason } = healingCase;
  const { at, planId, correlationId = ids.next('correlation') as CorrelationId } = more;
  return {
    kind: 'audit.append',
    entry: {
      at,
      kind: `healing.${what}`,
      actor: HEALER,
      correlationId,
      ...(planId !== undefined && { planId }),
      details: { caseId: id, cluster, subject: { ...subject }, remediation, findingCode, reason },
    },
  };
}
