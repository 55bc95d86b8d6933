const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

// kubernetes/apimachinery, pkg/api/resource/quantity.go: a decimal, then a suffix or an exponent.
const QUANTITY = /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;

/** Reads a Kubernetes quantity (`500m`, `1Gi`, `1e3`) in base units; undefined when it is not one. */
export function parseQuantity(text: string): number | undefined {
  const match = QUANTITY.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', suffix = '', exponent] = match;
  const value = Number(digits) * (exponent === undefined ? (FACTORS[suffix] ?? 1) : 10 ** Number(exponent));
  return Number.isFinite(value) ? value : undefined;
}

/** Memory in the largest binary unit that keeps it readable: `256Mi`, `1.5Gi`. */
export function formatMemory(bytes: number): string {
  for (const unit of ['Gi', 'Mi', 'Ki'] as const) {
    const amount = bytes / (FACTORS[unit] ?? 1);
    if (amount >= 1) return `${Number(amount.toFixed(amount < 10 ? 1 : 0))}${unit}`;
  }
  return String(bytes);
}
