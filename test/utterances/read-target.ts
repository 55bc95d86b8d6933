/** The object that words name, however they were typed. Names are compared without what a manner of typing adds. */
export interface Target {
  /** `it` for what was last spoken of. */
  readonly name: string;
  readonly kind?: string;
  readonly namespace?: string;
}

const KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    deployment: ['deploy', 'deployment', 'deployments'],
    statefulset: ['sts', 'statefulset', 'statefulsets'],
    daemonset: ['ds', 'daemonset', 'daemonsets'],
    pod: ['po', 'pod', 'pods'],
    service: ['svc'],
    node: ['no', 'node', 'nodes'],
    configmap: ['cm', 'configmap'],
    cronjob: ['cronjob', 'cronjobs', 'cj'],
    job: ['job', 'jobs'],
    autoscaler: ['hpa', 'autoscaler'],
  }).flatMap(([kind, words]) => words.map((word) => [word, kind] as const)),
);
const FILLERS: ReadonlySet<string> = new Set([
  'the',
  'a',
  'an',
  'our',
  'my',
  'app',
  'application',
  'workload',
]);

/** Reads `checkout`, `deploy/checkout`, `payments/checkout`, `payments/deploy/checkout`, `the payment gateway`. */
export function readTarget(words: readonly string[]): Target {
  const told = words.map((word) => word.toLowerCase()).filter((word) => !FILLERS.has(word));
  const [first = ''] = told;
  const kindBefore = told.length > 1 ? KINDS.get(first) : undefined;
  const path = (kindBefore === undefined ? told : told.slice(1)).join('-').split('/');
  const before = path.slice(0, -1);
  const kindWord = before.find((part) => KINDS.has(part));
  const kind = kindBefore ?? KINDS.get(kindWord ?? '');
  const namespace = before.find((part) => part !== kindWord);
  return {
    name: path.at(-1) || 'it',
    ...(kind !== undefined && { kind }),
    ...(namespace !== undefined && { namespace }),
  };
}
