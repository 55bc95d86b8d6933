import type { AccessAnswer, Plan, PlanRecord } from '@jamie/core';

/** Why nothing can be decided about a plan any more, and who decided. */
export function describeDecided(record: PlanRecord): string {
  const by = record.decidedBy === undefined ? '' : ` by ${record.decidedBy.displayName}`;
  switch (record.status) {
    case 'denied':
      return record.replacedBy === undefined
        ? `Already denied${by}. Nothing was changed.`
        : `Already edited${by}: decide on the card of ${record.replacedBy}.`;
    case 'cancelled':
      return `Already taken back${by}. Nothing was changed.`;
    case 'expired':
      return 'The plan has expired. Nothing was changed. Ask for it again.';
    case 'stale':
      return 'The object changed after the preview, so this plan no longer counts. Decide on the fresh card.';
    default:
      return `Already approved${by}. It is too late to change that; undo is possible once it is done.`;
  }
}

/** That the cluster would not let somebody make the change, and who can help. */
export function describeMissingRights(plan: Plan, access: AccessAnswer): string {
  const because = access.reason === '' ? '' : ` (${access.reason})`;
  return `Kubernetes does not let you make this change on ${plan.cluster}${because}. Somebody with rights there has to decide.`;
}
