import { KINDS, type Kind } from '@jamie/core';
import type { ResourcePath } from './parse-path.ts';

/** Kinds of which a manifest may be applied, or an object created. */
export const APPLICABLE: ReadonlySet<Kind> = new Set<Kind>([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Service',
  'ConfigMap',
  'Ingress',
  'NetworkPolicy',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'PersistentVolumeClaim',
]);

/** Kinds of which one named object may be deleted. */
export const DELETABLE: ReadonlySet<Kind> = new Set<Kind>([...APPLICABLE, 'ReplicaSet', 'Pod']);

/** Kinds of which at least labels and annotations may be patched. */
export const PATCHABLE: ReadonlySet<Kind> = new Set<Kind>([...DELETABLE, 'Node']);

const KIND_OF_RESOURCE: ReadonlyMap<string, Kind> = new Map(
  Object.entries(KINDS).map(([kind, { group, version, plural }]) => [
    `${group}/${version}/${plural}`,
    kind as Kind,
  ]),
);

/** The kind that a path is about; undefined where it is none of ours, or has a namespace too many or too few. */
export function kindOfPath({ group, version, resource, namespace }: ResourcePath): Kind | undefined {
  const kind = KIND_OF_RESOURCE.get(`${group}/${version}/${resource}`);
  if (kind === undefined || KINDS[kind].namespaced !== (namespace !== undefined)) return undefined;
  return kind;
}
