import type { PodAffinityView, PodSpecView, TolerationView, TopologySpreadView } from '@jamie/core';
import { toConfigMapUses } from './config-map-uses.ts';
import { toContainerSpecViews, toSecurityView } from './container-spec-view.ts';
import { toLabelSelectorView } from './label-selector-view.ts';
import { listOf, numberOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/**
 * Projects the spec of a pod or of a pod template. `owner` names what every pod with the same spec has in common (the uid of
 * the ReplicaSet that made it): those share one view. Empty where nothing is known to be shared.
 */
export function toPodSpecView(spec: RawObject, owner: string, sharing: Sharing): PodSpecView {
  if (owner === '') return makePodSpecView(spec, sharing);
  // What a webhook may add to some pods of a template and not to others: containers.
  const names = listOf(spec['containers']).map((item) => textOf(objectOf(item)['name']));
  const key = `spec\u0000${owner}\u0000${names.join('\u0000')}`;
  return sharing.value(key, () => makePodSpecView(spec, sharing));
}

function makePodSpecView(spec: RawObject, sharing: Sharing): PodSpecView {
  const affinity = objectOf(spec['affinity']);
  const security = toSecurityView(spec['securityContext'], sharing);
  const { automountServiceAccountToken } = spec;
  return Object.freeze({
    serviceAccount: sharing.text(spec['serviceAccountName']) || 'default',
    ...(typeof automountServiceAccountToken === 'boolean' && { mountsToken: automountServiceAccountToken }),
    pullSecrets: listOf(spec['imagePullSecrets']).map((item) => sharing.text(objectOf(item)['name'])),
    hostNetwork: spec['hostNetwork'] === true,
    hostPid: spec['hostPID'] === true,
    hostIpc: spec['hostIPC'] === true,
    restartPolicy: sharing.text(spec['restartPolicy']) || 'Always',
    priorityClass: sharing.text(spec['priorityClassName']),
    schedulingGates: listOf(spec['schedulingGates']).map((item) => sharing.text(objectOf(item)['name'])),
    tolerations: listOf(spec['tolerations']).map((item) => toToleration(objectOf(item), sharing)),
    affinity: [
      ...toAffinity('together', affinity['podAffinity'], sharing),
      ...toAffinity('apart', affinity['podAntiAffinity'], sharing),
    ],
    spread: listOf(spec['topologySpreadConstraints']).flatMap((item) => toSpread(objectOf(item), sharing)),
    ...(security !== undefined && { security }),
    containers: toContainerSpecViews(spec, sharing),
    configMaps: toConfigMapUses(spec, sharing),
  });
}

function toToleration({ key, operator, value, effect }: RawObject, sharing: Sharing): TolerationView {
  return {
    key: sharing.text(key),
    operator: operator === 'Exists' ? 'Exists' : 'Equal',
    value: sharing.text(value),
    effect: sharing.text(effect),
  };
}

function toAffinity(
  kind: PodAffinityView['kind'],
  value: unknown,
  sharing: Sharing,
): readonly PodAffinityView[] {
  const { requiredDuringSchedulingIgnoredDuringExecution: terms } = objectOf(value);
  return listOf(terms)
    .map(objectOf)
    .map((term) => ({
      kind,
      topologyKey: sharing.text(term['topologyKey']),
      selector: toLabelSelectorView(term['labelSelector'], sharing),
    }));
}

function toSpread(constraint: RawObject, sharing: Sharing): readonly TopologySpreadView[] {
  if (constraint['whenUnsatisfiable'] === 'ScheduleAnyway') return [];
  return [
    {
      topologyKey: sharing.text(constraint['topologyKey']),
      maxSkew: numberOf(constraint['maxSkew'], 1),
      selector: toLabelSelectorView(constraint['labelSelector'], sharing),
    },
  ];
}
