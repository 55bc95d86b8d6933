import type { CheckResult } from '@jamie/core';

const TO_BE_MENDED: ReadonlySet<CheckResult['status']> = new Set(['failed', 'warning']);

/** One line for the header: `4 connected, 1 needs attention, 3 not set up`. */
export function summariseChecks(checks: readonly CheckResult[] | undefined): string {
  if (checks === undefined) return 'Checking connections';
  const connected = checks.filter((check) => check.status === 'ok').length;
  const faulty = checks.filter((check) => TO_BE_MENDED.has(check.status)).length;
  const off = checks.length - connected - faulty;
  const parts = [`${connected} connected`];
  if (faulty > 0) parts.push(`${faulty} ${faulty === 1 ? 'needs' : 'need'} attention`);
  if (off > 0) parts.push(`${off} not set up`);
  return parts.join(', ');
}

/** Worst first, so that what needs a hand is read first; otherwise in the server's order. */
export function sortChecks(checks: readonly CheckResult[]): readonly CheckResult[] {
  const order = { failed: 0, warning: 1, ok: 2, off: 3 } as const;
  return [...checks].sort((one, other) => order[one.status] - order[other.status]);
}
