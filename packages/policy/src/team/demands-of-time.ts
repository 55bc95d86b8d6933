import type { OperationFacts } from '../operation-facts.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import type { ConditionValues } from './conditions.ts';
import type { Demand } from './tighten-risk.ts';
import { closesAt, isOpen } from './windows.ts';

const MINUTE_MS = 60_000;

/**
 * What freezes that are about to begin and windows that are about to close ask for: that the change is decided before.
 * A plan that was made in time would otherwise start in the middle of a freeze. Ways back are exempt, as they are from
 * freezes and windows themselves. Pure.
 */
export function demandsOfTime(
  policy: CompiledPolicy,
  { now, isWayBack }: Pick<OperationFacts, 'now' | 'isWayBack'>,
  values: ConditionValues,
  expiresAfterMs: number,
): readonly Demand[] {
  if (isWayBack) return [];
  const until = now + expiresAfterMs;
  const freezes = policy.freezes
    .filter(({ freeze: { from } }) => Date.parse(from) > now && Date.parse(from) < until)
    .filter(({ condition }) => condition?.holds(values) ?? true)
    .map(({ freeze }) => ({ rule: freeze.name, at: Date.parse(freeze.from) }));
  const meant = policy.windows.filter(({ condition }) => condition.holds(values));
  const open = meant.find(({ window }) => isOpen(window, now))?.window;
  const closing =
    open === undefined
      ? undefined
      : closesAt(
          meant.map(({ window }) => window),
          now,
          until,
        );
  return [
    ...freezes,
    ...(open === undefined || closing === undefined ? [] : [{ rule: open.name, at: closing }]),
  ].map(({ rule, at }) => ({ rule, expiresAfterMinutes: (at - now) / MINUTE_MS }));
}
