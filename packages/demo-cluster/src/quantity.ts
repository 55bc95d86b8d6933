const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
};

/** The number that a Kubernetes quantity means: `500m` is 0.5, `1Gi` is 1073741824. NaN when it is none. */
export function parseQuantity(text: string | number): number {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(String(text));
  if (match === null) return Number.NaN;
  return Number(match[1]) * (FACTORS[match[2] ?? ''] ?? Number.NaN);
}

/** Writes a sum in the form that people use for that resource: CPU in millicores, memory in Mi, counts plain. */
export function formatQuantity(resource: string, value: number): string {
  if (resource.endsWith('cpu')) {
    const millicores = Math.round(value * 1000);
    return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
  }
  if (!resource.endsWith('memory')) return String(value);
  if (value % 1024 ** 3 === 0 && value > 0) return `${value / 1024 ** 3}Gi`;
  if (value % 1024 ** 2 === 0 && value > 0) return `${value / 1024 ** 2}Mi`;
  return String(value);
}
