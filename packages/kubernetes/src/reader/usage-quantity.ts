/** Powers of ten of the decimal suffixes, and the factors of the binary ones: apimachinery's pkg/api/resource. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };
const QUANTITY = /^(\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

/** The number that a measured quantity means: `250m` is 0.25, `1Ki` is 1024. Undefined when it is none. */
export function parseMeasure(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  const [, digits, exponent = '', suffix = ''] =
    typeof value === 'string' ? (QUANTITY.exec(value) ?? []) : [];
  if (digits === undefined) return undefined;
  const binary = BINARY[suffix];
  // Text and not arithmetic: "570m" is read as 570e-3, the nearest number there is.
  const number =
    binary === undefined
      ? Number(`${digits}${exponent || `e${DECIMAL[suffix] ?? 0}`}`)
      : Number(digits) * 1024 ** binary;
  return Number.isFinite(number) ? number : undefined;
}

/** Milliseconds of a duration as Go writes it: `30.062s`, `1m0s`. Undefined when it is none. */
export function parseGoDuration(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== value) return undefined;
  return Math.round(
    parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0), 0),
  );
}
