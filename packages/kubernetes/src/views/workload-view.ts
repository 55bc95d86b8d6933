import type { KubeObject, WorkloadView } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { annotationOf, templateImages, toObjectView } from './object-view.ts';
import { toPodTemplateView } from './pod-template-view.ts';
import { listOf, numberOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** The API server's own default for Deployments. */
const DEFAULT_PROGRESS_DEADLINE_S = 600;
export const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';

/** Projects a Deployment. */
export function toDeploymentView(object: KubeObject, sharing: Sharing): WorkloadView {
  const spec = objectOf(object.spec);
  return {
    ...toReplicatedView('Deployment', object, sharing),
    paused: spec['paused'] === true,
    progressDeadlineSeconds: numberOf(spec['progressDeadlineSeconds'], DEFAULT_PROGRESS_DEADLINE_S),
    revision: Number.parseInt(annotationOf(object, REVISION_ANNOTATION), 10) || 0,
  };
}

/** Projects a StatefulSet. */
export function toStatefulSetView(object: KubeObject, sharing: Sharing): WorkloadView {
  const spec = objectOf(object.spec);
  return {
    ...toReplicatedView('StatefulSet', object, sharing),
    inOrder: spec['podManagementPolicy'] !== 'Parallel',
    serviceName: sharing.text(spec['serviceName']),
    claimTemplates: listOf(spec['volumeClaimTemplates']).map((item) => toClaimTemplate(objectOf(item))),
  };
}

/** Projects a DaemonSet: its replicas are the nodes that should run one. */
export function toDaemonSetView(object: KubeObject, sharing: Sharing): WorkloadView {
  const status = objectOf(object.status);
  return {
    ...toReplicatedView('DaemonSet', object, sharing),
    replicas: numberOf(status['desiredNumberScheduled']),
    currentReplicas: numberOf(status['currentNumberScheduled']),
    updatedReplicas: numberOf(status['updatedNumberScheduled']),
    readyReplicas: numberOf(status['numberReady']),
    availableReplicas: numberOf(status['numberAvailable']),
    misscheduledPods: numberOf(status['numberMisscheduled']),
  };
}

function toReplicatedView(kind: WorkloadView['kind'], object: KubeObject, sharing: Sharing): WorkloadView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const strategy = objectOf(spec['updateStrategy'] ?? spec['strategy']);
  return {
    ...toObjectView(kind, object, sharing),
    generation: numberOf(objectOf(object.metadata)['generation']),
    observedGeneration: numberOf(status['observedGeneration']),
    // The API server stores 1 where nothing was said; a projection must not turn "nothing said" into zero.
    replicas: numberOf(spec['replicas'], 1),
    currentReplicas: numberOf(status['replicas']),
    updatedReplicas: numberOf(status['updatedReplicas']),
    readyReplicas: numberOf(status['readyReplicas']),
    availableReplicas: numberOf(status['availableReplicas']),
    paused: false,
    inOrder: false,
    misscheduledPods: 0,
    updateStrategy: sharing.text(strategy['type']) || 'RollingUpdate',
    partition: numberOf(objectOf(strategy['rollingUpdate'])['partition']),
    progressDeadlineSeconds: 0,
    selector: selectorOf(spec, sharing),
    conditions: toConditionViews(status['conditions'], sharing),
    images: templateImages(spec, sharing),
    revision: 0,
    template: toPodTemplateView(objectOf(spec['template']), sharing),
    serviceName: '',
    claimTemplates: [],
  };
}

function toClaimTemplate({ metadata, spec }: RawObject): WorkloadView['claimTemplates'][number] {
  const { storageClassName } = objectOf(spec);
  return {
    name: textOf(objectOf(metadata)['name']),
    ...(typeof storageClassName === 'string' && { storageClass: storageClassName }),
  };
}

function selectorOf(spec: RawObject, sharing: Sharing): Readonly<Record<string, string>> {
  return sharing.texts(objectOf(spec['selector'])['matchLabels']);
}
