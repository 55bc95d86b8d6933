import type { SnapshotKind } from '@jamie/core';

/** What a person's words say of an object. */
export interface NameQuery {
  readonly name: string;
  readonly kind?: SnapshotKind;
  readonly namespace?: string;
}

const KIND_WORDS: ReadonlyMap<string, SnapshotKind> = new Map<string, SnapshotKind>([
  ...wordsOf('Deployment', 'deploy', 'deployment', 'deployments'),
  ...wordsOf('StatefulSet', 'sts', 'statefulset', 'statefulsets'),
  ...wordsOf('DaemonSet', 'ds', 'daemonset', 'daemonsets'),
  ...wordsOf('ReplicaSet', 'rs', 'replicaset', 'replicasets'),
  ...wordsOf('Pod', 'po', 'pod', 'pods'),
  ...wordsOf('Service', 'svc', 'service', 'services'),
  ...wordsOf('Node', 'no', 'node', 'nodes'),
  ...wordsOf('ConfigMap', 'cm', 'configmap', 'configmaps'),
  ...wordsOf('Job', 'job', 'jobs'),
  ...wordsOf('CronJob', 'cj', 'cron', 'cronjob', 'cronjobs'),
  ...wordsOf('HorizontalPodAutoscaler', 'hpa', 'autoscaler'),
  ...wordsOf('Namespace', 'ns', 'namespace', 'namespaces'),
]);

/** Words that say nothing about which object is meant. "service" is such a word after a name: people say it of any program. */
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

/** Reads `checkout`, `deploy/checkout`, `payments/checkout`, `payments/deploy/checkout`, `the basket service`. */
export function parseNameQuery(words: readonly string[], namespace?: string): NameQuery {
  const said = words
    .map((word) => word.toLowerCase().replace(/[^a-z0-9./-]/g, ''))
    .filter((word) => word !== '');
  const telling = said.filter((word) => !FILLERS.has(word));
  const kept = telling.length > 0 ? telling : said;
  const [first = '', second] = kept;
  const leadingKind = second === undefined ? undefined : KIND_WORDS.get(first);
  const rest = leadingKind === undefined ? withoutTrailingKind(kept) : kept.slice(1);
  const parsed = parsePath(rest.join('-'));
  return {
    ...parsed,
    ...(leadingKind === undefined ? {} : { kind: leadingKind }),
    ...(parsed.namespace === undefined && namespace !== undefined ? { namespace } : {}),
  };
}

/** "the basket service" is any workload called basket: the kind at the end is a manner of speaking. */
function withoutTrailingKind(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  return words.length > 1 && last !== undefined && KIND_WORDS.has(last) ? words.slice(0, -1) : words;
}

function parsePath(path: string): NameQuery {
  const parts = path.split('/').filter((part) => part !== '');
  const name = parts.at(-1) ?? '';
  const before = parts.slice(0, -1);
  const kindWord = before.find((part) => KIND_WORDS.has(part));
  const kind = kindWord === undefined ? undefined : KIND_WORDS.get(kindWord);
  const namespace = before.find((part) => part !== kindWord);
  return { name, ...(kind === undefined ? {} : { kind }), ...(namespace === undefined ? {} : { namespace }) };
}

function wordsOf(
  kind: SnapshotKind,
  ...words: readonly string[]
): readonly (readonly [string, SnapshotKind])[] {
  return words.map((word) => [word, kind] as const);
}
