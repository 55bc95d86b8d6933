const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};
const QUANTITY = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;

/**
 * A Kubernetes quantity as a number of its base unit (cores, bytes), after
 * kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity. Undefined for spellings that people hardly
 * use (`1e3`, `5E`): they are left to the API server.
 */
export function quantityOf(text: unknown): number | undefined {
  const found = QUANTITY.exec(String(text ?? ''));
  if (found === null) return undefined;
  return Number(found[1]) * (FACTORS[found[2] ?? ''] ?? Number.NaN);
}
