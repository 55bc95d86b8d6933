import type { OperationRequest } from '@jamie/core';
import { deployment } from '../backends/deployments.ts';
import { trialObjects } from '../changes/trial-objects.ts';
import type { MadeChange } from './made-change.ts';
import type { QuickTrial } from './quick-trial.ts';

export const CHANGE_KINDS = ['label', 'annotate', 'delete', 'apply', 'suspend', 'scale'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** The kinds that leave an object standing, whose fields can be looked at and moved. */
export const FIELD_KINDS: readonly ChangeKind[] = ['label', 'annotate', 'suspend'];

/** Makes the object that a change of this kind needs. */
async function makeChange(trial: QuickTrial, kind: ChangeKind, part: number): Promise<MadeChange> {
  const object = `${trial.name}-${part}`;
  const { namespace } = trial;
  const objects = trialObjects(trial.site.backend);
  const target = { kind: 'ConfigMap', namespace, name: object } as const;
  const value = `v${trial.dice.between(1, 9_999)}`;
  const configMap = { metadata: { name: object }, data: { mode: 'old' } };
  const made = { collection: 'configmaps', object } as const;
  switch (kind) {
    case 'label':
      await objects.create('configmaps', configMap);
      return { ...made, operation: { kind, target, labels: { 'example.com/trial': value } } };
    case 'annotate':
      await objects.create('configmaps', configMap);
      return { ...made, operation: { kind, target, annotations: { 'example.com/trial': value } } };
    case 'delete':
      await objects.create('configmaps', configMap);
      return { ...made, operation: { kind, target } };
    case 'apply': {
      await objects.create('configmaps', configMap);
      const manifest = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: object, namespace },
        data: { value },
      };
      return { ...made, operation: { kind, manifests: [manifest] } };
    }
    case 'suspend':
      await objects.create('cronjobs', cronJob(object));
      return {
        ...{ collection: 'cronjobs', object },
        operation: { kind, target: { kind: 'CronJob', namespace, name: object } },
      };
    case 'scale':
      await objects.deploy(object, 1);
      return {
        ...{ collection: 'deployments', object },
        operation: { kind, target: { kind: 'Deployment', namespace, name: object }, replicas: 2 },
      };
  }
}

/** One to three changes as one thing to ask for. */
export async function makeChanges(
  trial: QuickTrial,
  kinds: readonly ChangeKind[],
): Promise<{ readonly operation: OperationRequest; readonly parts: readonly MadeChange[] }> {
  const parts: MadeChange[] = [];
  for (const kind of kinds) {
    const part = await makeChange(trial, kind, trial.nextPart());
    parts.push(part);
    trial.parts.push(part);
  }
  const [first] = parts;
  if (first === undefined) throw new Error('a change has at least one part');
  if (parts.length === 1) return { operation: first.operation, parts };
  return { operation: { kind: 'several', operations: parts.map(({ operation }) => operation) }, parts };
}

/** Takes away what is left of a trial's objects. */
export async function removeChanges(trial: QuickTrial): Promise<void> {
  const paths = { configmaps: '/api/v1', cronjobs: '/apis/batch/v1', deployments: '/apis/apps/v1' };
  for (const { collection, object } of trial.parts) {
    const path = `${paths[collection]}/namespaces/${trial.namespace}/${collection}/${object}`;
    await trial.site.backend.administer('DELETE', `${path}?propagationPolicy=Background`);
  }
}

/** The same object made anew: another uid under the same name. */
export function remade(collection: MadeChange['collection'], name: string) {
  if (collection === 'cronjobs') return cronJob(name);
  return collection === 'deployments' ? deployment(name, 1) : { metadata: { name }, data: { mode: 'old' } };
}

function cronJob(name: string) {
  const container = { name: 'job', image: 'registry.example/shop/web:1.0.0' };
  const template = { spec: { containers: [container], restartPolicy: 'Never' } };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: { template } } },
  };
}
