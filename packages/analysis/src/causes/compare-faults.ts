import { formatObjectRef, type Severity } from '@jamie/core';
import { type Fault, TIERS } from '../analyzers/fault.ts';
import { compareNumbers, compareText } from '../snapshot/stable-order.ts';

const SEVERITY_ORDER: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** Orders severities, worst first. */
export function compareSeverity(left: Severity, right: Severity): number {
  return SEVERITY_ORDER[left] - SEVERITY_ORDER[right];
}

/** A total order of faults: worst first, then nearer to the source, then by name. */
export function compareFaults(left: Fault, right: Fault): number {
  return (
    compareSeverity(left.severity, right.severity) ||
    TIERS.indexOf(left.tier) - TIERS.indexOf(right.tier) ||
    compareText(left.code, right.code) ||
    compareText(formatObjectRef(left.subject), formatObjectRef(right.subject)) ||
    compareText(left.container ?? '', right.container ?? '') ||
    compareNumbers(left.since, right.since) ||
    compareText(left.summary, right.summary)
  );
}
