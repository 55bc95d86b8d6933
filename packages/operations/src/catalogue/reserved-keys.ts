/** Prefixes of keys that belong to software, the subdomains of each included. */
const RESERVED_PREFIXES: Readonly<Record<string, string>> = {
  'kubernetes.io': 'Kubernetes',
  'k8s.io': 'Kubernetes',
  'argoproj.io': 'Argo CD',
  'fluxcd.io': 'Flux',
  'helm.sh': 'Helm',
  'keda.sh': 'KEDA',
  'jamie-scarlet.io': 'Jamie & Scarlet',
};

/** Keys without a prefix that controllers set and select by. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
]);

/** Whose key this is, where people may not set it; undefined for a key of people. */
export function ownerOfKey(key: string): string | undefined {
  const slash = key.indexOf('/');
  if (slash < 0) return RESERVED_NAMES.has(key) ? 'Kubernetes' : undefined;
  const prefix = key.slice(0, slash);
  const reserved = Object.keys(RESERVED_PREFIXES).find(
    (each) => prefix === each || prefix.endsWith(`.${each}`),
  );
  return reserved === undefined ? undefined : RESERVED_PREFIXES[reserved];
}
