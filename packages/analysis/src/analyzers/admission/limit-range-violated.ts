import type { Proposal } from '@jamie/core';
import { defineRefusalAnalyzer } from './refusal-analyzer.ts';
import type { RefusedPods } from './refused-pod.ts';

// kubernetes/kubernetes, plugin/pkg/admission/limitranger: "maximum memory usage per Container is 1Gi, but limit is 2Gi".
const MAXIMUM = /maximum (cpu|memory) usage per Container is ([0-9.]{1,15}[a-zA-Z]{0,2}), but limit is /;

/** CHK-ADM-402: requests or limits are outside the bounds of the namespace. */
export const limitRangeViolated = defineRefusalAnalyzer({
  code: 'CHK-ADM-402',
  title: 'LimitRange that refuses pods',
  refusal: 'limit_range',
  sources: ['k8sgpt ReplicaSet FailedCreate'],
  refuser: 'A LimitRange of the namespace',
  label: 'Fit the requests and limits to the LimitRange',
  advice:
    'Set requests and limits of the pod template within the bounds that the message names, or change the LimitRange.',
  remedies: lowerLimit,
});

/** A limit above the maximum is lowered to it, where one container alone can be meant. */
function lowerLimit({ workload, message }: RefusedPods): readonly Proposal[] {
  const [, resource, maximum] = MAXIMUM.exec(message) ?? [];
  const [container, ...others] = Object.keys(workload.images);
  if (resource === undefined || maximum === undefined || container === undefined || others.length > 0)
    return [];
  const { kind, namespace, name } = workload;
  return [
    {
      label: `Lower the ${resource} limit to ${maximum}`,
      advice: `The LimitRange allows containers at most ${maximum} of ${resource}; the limit of ${container} is larger.`,
      operation: {
        kind: 'resize',
        target: { kind, namespace, name },
        container,
        limits: { [resource]: maximum },
      },
    },
  ];
}
