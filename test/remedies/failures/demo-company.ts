import { hasCondition } from '../bench.ts';
import { autoscaler, configMap, service, workload } from '../manifests.ts';
import type { Failure, Family } from '../scenario.ts';

const COMMON = { kind: 'failure', on: 'demo', way: 'approved' } as const;

/** A Deployment of the demo company that has been broken for a while, with its history. */
function ofCompany(namespace: string, name: string, family: Family, about: string): Failure {
  return {
    ...COMMON,
    name: `${name}-of-the-company`,
    family,
    about,
    namespace,
    subject: `deployment/${name}`,
    begin: async () => undefined,
    isHealthy: (bench) => bench.isWhole('Deployment', name),
  };
}

const SELECTOR: Failure = {
  ...COMMON,
  name: 'service-selects-nothing',
  family: 'traffic',
  about: 'a Deployment was renamed with its labels, and its Service kept the old selector',
  namespace: 'platform',
  subject: 'service/feature-flags',
  begin: async () => undefined,
  async isHealthy(bench) {
    const { spec } = await bench.read('Service', 'feature-flags');
    const selector = (spec['selector'] ?? {}) as Readonly<Record<string, string>>;
    const pods = await bench.list('Pod');
    return pods.some((pod) => selector['app'] === labelOf(pod.metadata) && hasCondition(pod, 'Ready'));
  },
};

function labelOf(metadata: object): string | undefined {
  return (metadata as { readonly labels?: Readonly<Record<string, string>> }).labels?.['app'];
}

const NIGHTLY: Failure = {
  ...COMMON,
  name: 'job-with-a-bug',
  family: 'job',
  about: 'the new version of a nightly Job looks for a table that was never made',
  namespace: 'data',
  subject: 'cronjob/warehouse-sync',
  begin: async () => undefined,
  async isHealthy(bench) {
    const { metadata } = await bench.read('CronJob', 'warehouse-sync');
    const jobs = (await bench.list('Job')).filter((job) => job.metadata.name.startsWith(metadata.name));
    const newest = jobs.toSorted((one, other) => (bornAt(one.metadata) < bornAt(other.metadata) ? 1 : -1))[0];
    return newest !== undefined && hasCondition(newest, 'Complete');
  },
};

function bornAt(metadata: object): string {
  return (metadata as { readonly creationTimestamp: string }).creationTimestamp;
}

const SETTINGS_DELETED: Failure = {
  ...COMMON,
  name: 'settings-deleted',
  family: 'configuration',
  about: 'somebody deleted the ConfigMap of a Deployment, and its pods were made anew',
  subject: 'deployment/web',
  async begin(bench) {
    await bench.create(
      configMap('settings', { LEVEL: 'info' }),
      workload('Deployment', 'web', { container: { envFrom: [{ configMapRef: { name: 'settings' } }] } }),
    );
    await bench.untilWhole('Deployment', 'web');
    await bench.remove('ConfigMap', 'settings');
    for (const { metadata } of await bench.list('Pod')) await bench.remove('Pod', metadata.name);
    await bench.until('its pods are gone', async () => !(await bench.isWhole('Deployment', 'web')));
  },
  isHealthy: (bench) => bench.isWhole('Deployment', 'web'),
};

const RESTING_AUTOSCALER: Failure = {
  ...COMMON,
  name: 'zero-under-an-autoscaler',
  family: 'traffic',
  about: 'a Deployment was set to 0, where its autoscaler rests',
  subject: 'deployment/web',
  async begin(bench) {
    await bench.create(
      workload('Deployment', 'web', { replicas: 0 }),
      service('web'),
      autoscaler('web', 2, 6),
    );
  },
  isHealthy: (bench) => bench.isWhole('Deployment', 'web'),
};

export const ON_DEMO: readonly Failure[] = [
  {
    ...ofCompany(
      'payments',
      'checkout',
      'crash',
      'a release needs a setting that nobody added, and crashes later',
    ),
    way: 'automatic',
  },
  ofCompany('shop', 'promotions', 'image', 'a release with a tag that was never pushed'),
  ofCompany('shop', 'cart', 'probe', 'a rollout stopped half-way: the new pod waits for a lock'),
  ofCompany('shop', 'search-indexer', 'memory', 'a release keeps the whole index in memory'),
  ofCompany('data', 'report-builder', 'scheduling', 'somebody asked for more CPU than any node has'),
  ofCompany('analytics', 'stream-aggregator', 'quota', "scaled beyond the team's quota"),
  SELECTOR,
  NIGHTLY,
  SETTINGS_DELETED,
  RESTING_AUTOSCALER,
];
