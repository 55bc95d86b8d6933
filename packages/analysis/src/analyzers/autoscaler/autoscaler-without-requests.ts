import { listOf } from '../../wording.ts';
import { defineInactiveAutoscalerAnalyzer } from './inactive-autoscaler-analyzer.ts';

/** CHK-HPA-1103: a share of the request cannot be measured where a container requests nothing. Limits are not needed. */
export const autoscalerWithoutRequests = defineInactiveAutoscalerAnalyzer({
  code: 'CHK-HPA-1103',
  title: 'autoscaler whose target requests nothing to measure against',
  reason: 'requests_missing',
  sources: ['k8sgpt HorizontalPodAutoscaler no resources set', 'HolmesGPT HPA not scaling'],
  why: ({ containers, resource }, { target }) =>
    containers.length === 0
      ? `a container of ${target.name} requests no ${resource}`
      : `${containers.length === 1 ? 'container' : 'containers'} ${listOf(containers)} of ${target.name} ${containers.length === 1 ? 'requests' : 'request'} no ${resource}`,
  remedy: ({ resource }, { target }) => ({
    label: `Set ${resource} requests on ${target.name}`,
    advice: `Set a ${resource} request on every container of ${target.name}, beginning with what it uses at rest: the autoscaler measures use as a share of it. A LimitRange with defaults does so for a whole namespace.`,
  }),
});
