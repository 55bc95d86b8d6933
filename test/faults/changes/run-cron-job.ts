import { type Change, unless } from './change.ts';
import { trialObjects } from './trial-objects.ts';

interface JobList {
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

/** A Job is made from the template of a CronJob, once. */
export const runCronJob: Change = {
  name: 'run_cron_job',
  async prepare({ backend, trial }) {
    const objects = trialObjects(backend);
    const name = `${trial}-report`;
    await objects.create('cronjobs', cronJob(name));
    return {
      request: `run cronjob/${name} -n ${backend.namespace}`,
      ends: 'succeeded',
      effects: [new RegExp(`^create jobs ${name}-.+$`)],
      async meanwhile() {
        await objects.endPods(`trial=${name}`);
        return false;
      },
      async judge() {
        const { items } = await objects.list<JobList>('jobs');
        const made = items.filter(({ metadata }) => metadata.name.startsWith(`${name}-`));
        return unless(made.length === 1, `${made.length} Jobs were made`);
      },
      remove: () => objects.remove(),
    };
  },
};

function cronJob(name: string) {
  const container = { name: 'report', image: 'registry.example/shop/report:once' };
  const template = {
    metadata: { labels: { trial: name } },
    spec: { restartPolicy: 'Never', containers: [container] },
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: { schedule: '0 3 1 1 *', jobTemplate: { spec: { backoffLimit: 0, template } } },
  };
}
