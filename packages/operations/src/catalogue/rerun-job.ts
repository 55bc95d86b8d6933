import type { JsonObject, KubeObject, ObjectRef, OperationOf } from '@jamie/core';
import { apiVersionOf, readJsonPointer } from '@jamie/core';
import { nameForPlan, PLAN_ANNOTATION } from '../planning/plan-name.ts';
import { compiledStep, refuseCompile } from '../planning/step-draft.ts';
import { draftOfJob, withoutGenerated, withoutGeneratedSelector } from './job-facts.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';

const JOB_ENDED: ReadonlySet<unknown> = new Set(['Complete', 'Failed']);

/** Runs a Job that has ended once more: a new Job with its spec. The old one stays as it is. */
export const rerunJob: OperationDefinition<OperationOf<'rerun_job'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, planId, timing }) {
    const live = await get(target);
    if (!hasEnded(live)) {
      const message = `Job ${target.name} has not ended. Wait for its end, or delete it first.`;
      return refuseCompile('not_applicable', message);
    }
    const job: ObjectRef = {
      kind: 'Job',
      namespace: target.namespace,
      name: nameForPlan(target.name, planId),
    };
    const manifest: JsonObject = {
      apiVersion: apiVersionOf('Job'),
      kind: 'Job',
      metadata: {
        name: job.name,
        namespace: target.namespace,
        labels: withoutGenerated(live.metadata.labels),
        annotations: { [PLAN_ANNOTATION]: planId },
      },
      spec: withoutGeneratedSelector((live.spec ?? {}) as JsonObject),
    };
    const title = `Run Job ${target.name} again, as Job ${job.name}`;
    return compiledStep(title, draftOfJob('rerun_job', job, title, manifest, timing));
  },
};

function hasEnded(job: KubeObject): boolean {
  const conditions = readJsonPointer(job, '/status/conditions');
  return (
    Array.isArray(conditions) &&
    (conditions as readonly JsonObject[]).some(({ type, status }) => JOB_ENDED.has(type) && status === 'True')
  );
}
