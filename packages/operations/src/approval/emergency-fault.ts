import type { PlanRecord } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { findUnreviewed } from './unreviewed-starts.ts';

/**
 * Why an emergency start must not go on, or undefined; undefined for every other plan. Two that one person started in the
 * same instant both saw no review owed: the earlier one stands.
 */
export async function emergencyFault(
  context: Pick<OperationsContext, 'store'>,
  record: PlanRecord,
): Promise<string | undefined> {
  const { approval, breakGlass } = record;
  if (approval?.statement.basis !== 'break_glass' || breakGlass === undefined) return undefined;
  const open = await findUnreviewed(context, breakGlass.by);
  const first = open.find((other) => isBefore(other, record));
  if (first === undefined) return undefined;
  return `${breakGlass.by.displayName} broke the glass for ${first.plan.id} too, and its review has to be written first.`;
}

function isBefore(one: PlanRecord, other: PlanRecord): boolean {
  const [at, otherAt] = [one.breakGlass?.at ?? 0, other.breakGlass?.at ?? 0];
  return at === otherAt ? one.plan.id < other.plan.id : at < otherAt;
}
