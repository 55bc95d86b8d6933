import type { KubeObject, OperationOf } from '@jamie/core';
import { compiledStep, refuseCompile, type StepDraft } from '../planning/step-draft.ts';
import { budgetWarnings } from './disruption-budgets.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { controllerOf, isMirror, podGoes, takesPod, workloadOf } from './pod-facts.ts';

/** Deletes one pod, so that its controller makes another. */
export const deletePod: OperationDefinition<OperationOf<'delete_pod'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, surroundings) {
    const pod = await surroundings.get(target);
    const { uid } = pod.metadata;
    if (isMirror(pod)) {
      const message = `Pod ${target.name} is a static pod: the kubelet runs it from a file on its node. Change the file there.`;
      return refuseCompile('not_applicable', message);
    }
    if (pod.metadata.deletionTimestamp !== undefined)
      return refuseCompile('no_change', `Pod ${target.name} is being deleted already. Nothing to change.`);
    const workload = await workloadOf(pod, surroundings);
    const concerns = orphanConcerns(pod);
    const title = `Delete Pod ${target.name}`;
    const draft: StepDraft = {
      summary: title,
      target,
      before: pod,
      request: { verb: 'delete', target, uid, propagation: 'Background' },
      pinned: ['/metadata/ownerReferences', '/spec/nodeName'],
      written: [],
      measure: () => takesPod('delete_pod', pod, workload, concerns),
      conditions: podGoes(pod, workload, surroundings.timing.verifyWithinMs),
      wayBack: { kind: 'none', why: wayBackOf(pod) },
    };
    return compiledStep(title, draft, [...concerns, ...(await budgetWarnings([pod], surroundings))]);
  },
};

function orphanConcerns(pod: KubeObject): readonly string[] {
  return controllerOf(pod) === undefined
    ? [`No controller owns Pod ${pod.metadata.name}: nobody makes it again.`]
    : [];
}

function wayBackOf(pod: KubeObject): string {
  const owner = controllerOf(pod);
  return owner === undefined
    ? 'A deleted pod cannot be brought back.'
    : `A deleted pod cannot be brought back; ${owner.kind} ${owner.name} makes another.`;
}
