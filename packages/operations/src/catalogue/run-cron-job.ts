import type { JsonObject, ObjectRef, OperationOf } from '@jamie/core';
import { apiVersionOf, readJsonPointer } from '@jamie/core';
import { nameForPlan, PLAN_ANNOTATION } from '../planning/plan-name.ts';
import { compiledStep, refuseCompile } from '../planning/step-draft.ts';
import { draftOfJob } from './job-facts.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { activeRunsOf } from './suspend.ts';

/** Runs a CronJob now: one Job from its template, as `kubectl create job --from` makes it. */
export const runCronJob: OperationDefinition<OperationOf<'run_cron_job'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, planId, timing }) {
    const live = await get(target);
    const active = activeRunsOf(live);
    if (active.length > 0 && readJsonPointer(live, '/spec/concurrencyPolicy') === 'Forbid') {
      const message = `CronJob ${target.name} allows one run at a time, and Job ${active.join(', ')} runs now. Wait for its end, or delete it.`;
      return refuseCompile('not_applicable', message);
    }
    const template = (readJsonPointer(live, '/spec/jobTemplate') ?? {}) as JsonObject;
    const metadata = (template['metadata'] ?? {}) as JsonObject;
    const job: ObjectRef = {
      kind: 'Job',
      namespace: target.namespace,
      name: nameForPlan(target.name, planId),
    };
    const owner = {
      apiVersion: apiVersionOf('CronJob'),
      kind: 'CronJob',
      name: target.name,
      uid: live.metadata.uid,
    };
    const manifest: JsonObject = {
      apiVersion: apiVersionOf('Job'),
      kind: 'Job',
      metadata: {
        name: job.name,
        namespace: target.namespace,
        labels: (metadata['labels'] ?? {}) as JsonObject,
        annotations: {
          ...((metadata['annotations'] ?? {}) as JsonObject),
          'cronjob.kubernetes.io/instantiate': 'manual',
          [PLAN_ANNOTATION]: planId,
        },
        ownerReferences: [owner],
      },
      spec: (template['spec'] ?? {}) as JsonObject,
    };
    const title = `Run CronJob ${target.name} now, as Job ${job.name}`;
    const warnings = active.map((run) => `Job ${run} of it runs now; this one runs beside it.`);
    return compiledStep(title, draftOfJob('run_cron_job', job, title, manifest, timing), warnings);
  },
};
