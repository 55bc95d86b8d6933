import type { ReplicaAmount } from './parameters.ts';

/** Reads `5`, `+2`, `-1`, `x2`, `x0.5`, `double`, `half`; undefined when it is none of these. */
export function readAmount(text: string): ReplicaAmount | undefined {
  const lower = text.toLowerCase();
  if (/^\d{1,9}$/.test(lower)) return { kind: 'to', replicas: Number(lower) };
  if (/^[+-]\d{1,9}$/.test(lower)) return { kind: 'by', difference: Number(lower) };
  if (/^x\d{1,3}(\.\d{1,3})?$/.test(lower)) return { kind: 'times', factor: Number(lower.slice(1)) };
  if (lower === 'double') return { kind: 'times', factor: 2 };
  if (lower === 'half') return { kind: 'times', factor: 0.5 };
  return undefined;
}

/** As a person would type it: the inverse of readAmount. */
export function formatAmount(amount: ReplicaAmount): string {
  switch (amount.kind) {
    case 'to':
      return String(amount.replicas);
    case 'by':
      return amount.difference < 0 ? String(amount.difference) : `+${amount.difference}`;
    case 'times':
      return `x${amount.factor}`;
  }
}
