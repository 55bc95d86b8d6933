import type { ContainerSpecView } from '@jamie/core';
import type { PodTemplate } from '../template/pod-templates.ts';

/** Whether a container is one that probes are for: it runs for good. Those of Jobs and init containers end by design. */
export function isServing(container: ContainerSpecView, template: PodTemplate): boolean {
  return template.runsForGood && !container.isInit;
}
