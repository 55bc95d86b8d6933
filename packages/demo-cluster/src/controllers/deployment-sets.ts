import type { Deployment, ReplicaSet } from '../objects.ts';
import { HASH_LABEL, hashTemplate, isSameTemplate, withTemplateLabel } from './pod-template.ts';
import { controllerReference, createObject, ownedBy, type World, writeObject } from './world.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAX = 'deployment.kubernetes.io/max-replicas';
const HISTORY = 'deployment.kubernetes.io/revision-history';
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  DESIRED,
  MAX,
  HISTORY,
  'deprecated.deployment.rollback.to',
]);

/** The ReplicaSets of a Deployment: the one that matches its template, and the older ones by age. */
export interface DeploymentSets {
  readonly fresh: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

export function findSets(world: World, deployment: Deployment): DeploymentSets {
  const owned = [...ownedBy<ReplicaSet>(world, 'replicasets', deployment)].sort(
    (left, right) => revisionOf(left) - revisionOf(right),
  );
  const fresh = owned.find((set) => isSameTemplate(set.spec.template, deployment.spec.template));
  return { fresh, old: owned.filter((set) => set !== fresh) };
}

export function revisionOf(set: { readonly metadata: ReplicaSet['metadata'] }): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

/** Makes the ReplicaSet of the present template, or gives an older one the newest revision: a rollback. */
export function ensureFreshSet(
  world: World,
  deployment: Deployment,
  sets: DeploymentSets,
  maxReplicas: number,
): { readonly set: ReplicaSet; readonly isNew: boolean } {
  const newest = sets.old.reduce((highest, set) => Math.max(highest, revisionOf(set)), 0);
  if (sets.fresh === undefined) {
    return { set: createFreshSet(world, deployment, newest + 1, maxReplicas), isNew: true };
  }
  const current = revisionOf(sets.fresh);
  const revision = current > newest ? current : newest + 1;
  const annotations = setAnnotations(deployment, revision, maxReplicas);
  const history = historyOf(sets.fresh, current, revision);
  const set = annotated(world, sets.fresh, { ...annotations, ...history });
  return { set, isNew: false };
}

/** The same set with the replica annotations that tell a scaling from a rollout. */
export function annotateSize(
  world: World,
  set: ReplicaSet,
  deployment: Deployment,
  maxReplicas: number,
): ReplicaSet {
  return annotated(world, set, sizeAnnotations(deployment, maxReplicas));
}

/** Whether the Deployment's size changed since this set was last scaled for it. */
export function isScaledElsewhere(set: ReplicaSet, deployment: Deployment): boolean {
  const desired = set.metadata.annotations?.[DESIRED];
  return set.spec.replicas > 0 && desired !== undefined && Number(desired) !== deployment.spec.replicas;
}

function createFreshSet(
  world: World,
  deployment: Deployment,
  revision: number,
  maxReplicas: number,
): ReplicaSet {
  const hash = hashTemplate(deployment.spec.template);
  const { selector, template, minReadySeconds } = deployment.spec;
  const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
  return createObject<ReplicaSet>(world, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      ...(deployment.metadata.namespace === undefined ? {} : { namespace: deployment.metadata.namespace }),
      generation: 1,
      labels,
      annotations: setAnnotations(deployment, revision, maxReplicas),
      ownerReferences: controllerReference(deployment),
    },
    spec: {
      replicas: 0,
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash } },
      template: withTemplateLabel(template, HASH_LABEL, hash),
    },
    status: { replicas: 0 },
  } as Parameters<typeof createObject>[1]);
}

function setAnnotations(
  deployment: Deployment,
  revision: number,
  maxReplicas: number,
): Readonly<Record<string, string>> {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([key]) => !NOT_COPIED.has(key),
  );
  return {
    ...Object.fromEntries(copied),
    ...sizeAnnotations(deployment, maxReplicas),
    [REVISION]: String(revision),
  };
}

function sizeAnnotations(deployment: Deployment, maxReplicas: number): Readonly<Record<string, string>> {
  return { [DESIRED]: String(deployment.spec.replicas), [MAX]: String(maxReplicas) };
}

function historyOf(set: ReplicaSet, current: number, revision: number): Readonly<Record<string, string>> {
  if (current === revision) return {};
  const known = set.metadata.annotations?.[HISTORY];
  return { [HISTORY]: known === undefined ? String(current) : `${known},${current}` };
}

function annotated(world: World, set: ReplicaSet, annotations: Readonly<Record<string, string>>): ReplicaSet {
  const wanted = { ...set.metadata.annotations, ...annotations };
  const isSame = Object.entries(annotations).every(
    ([key, value]) => set.metadata.annotations?.[key] === value,
  );
  if (isSame) return set;
  return writeObject(world, { ...set, metadata: { ...set.metadata, annotations: wanted } }, false);
}
