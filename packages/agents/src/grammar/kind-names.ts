import { type Kind, MARKABLE_KINDS, SHORT_KINDS } from '@jamie/core';

const OTHER_NAMES: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  Pod: ['po'],
  Node: ['no'],
  CronJob: ['cj', 'cron'],
  Deployment: ['deployments'],
  StatefulSet: ['statefulsets'],
  DaemonSet: ['daemonsets'],
  Service: ['services'],
  HorizontalPodAutoscaler: ['autoscaler'],
};

/** Every kind that can be changed, under its own name and the names by which people type it. */
const BY_NAME: ReadonlyMap<string, Kind> = new Map(
  MARKABLE_KINDS.flatMap((kind) => {
    const long = kind.toLowerCase();
    const names = [long, `${long}s`, SHORT_KINDS[kind] ?? long, ...(OTHER_NAMES[kind] ?? [])];
    return names.map((name) => [name, kind] as const);
  }),
);

/** The kind that is typed like this; undefined when it is none that can be changed. */
export function findKind(name: string): Kind | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Kinds that people may name and that nothing here ever changes. */
const OUT_OF_REACH: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Secret: [],
    Namespace: ['ns'],
    CustomResourceDefinition: ['crd'],
    PersistentVolume: ['pv'],
    StorageClass: ['sc'],
    ServiceAccount: ['sa'],
    Role: [],
    RoleBinding: [],
    ClusterRole: [],
    ClusterRoleBinding: [],
    ValidatingWebhookConfiguration: [],
    MutatingWebhookConfiguration: [],
  }).flatMap(([kind, short]) => {
    const long = kind.toLowerCase();
    return [long, `${long}s`, `${long}es`, ...short].map((name) => [name, kind] as const);
  }),
);

/** The kind that words begin with, where it is one that is never changed here; undefined otherwise. */
export function findKindOutOfReach(words: readonly string[]): string | undefined {
  return OUT_OF_REACH.get((words[0] ?? '').toLowerCase().split('/')[0] ?? '');
}

/** What the words of a command name. */
export interface NamedObject {
  readonly name: string;
  readonly kind?: Kind;
  readonly namespace?: string;
}

/** Reads `checkout`, `deploy/checkout`, `deploy checkout`, `payments/checkout`, `payments/deploy/checkout`. */
export function readNamed(words: readonly string[]): NamedObject {
  const [first = '', ...others] = words.map((word) => word.toLowerCase());
  const spoken = others.length > 0 ? findKind(first) : undefined;
  const path = (spoken === undefined ? [first, ...others] : others).join('-').split('/').filter(Boolean);
  const before = path.slice(0, -1);
  const kindWord = before.find((part) => findKind(part) !== undefined);
  const kind = spoken ?? findKind(kindWord ?? '');
  const namespace = before.find((part) => part !== kindWord);
  return {
    name: path.at(-1) ?? '',
    ...(kind !== undefined && { kind }),
    ...(namespace !== undefined && { namespace }),
  };
}
