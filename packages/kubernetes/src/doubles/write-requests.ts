import type { JsonObject, ObjectRef, WriteRequest } from '@jamie/core';
import { formatWrite, type WriteManner } from '../guard/format-write.ts';
import type { ApiRequest } from '../transport/api-request.ts';
import { ALICE } from './requests.ts';

const CHECKOUT = { kind: 'Deployment', namespace: 'shop', name: 'checkout' } as const;
const WEB_POD = { kind: 'Pod', namespace: 'shop', name: 'web-1' } as const;
const UID = '7d2c1f7e-4b1c-4c55-9d0d-2f8f0f0a9a11';

export const CONFIG_MAP: JsonObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'flags', namespace: 'shop', labels: { team: 'shop' } },
  data: { dark: 'on' },
};
const CONFIG_MAP_REF = { kind: 'ConfigMap', namespace: 'shop', name: 'flags' } as const;

/** A Deployment's manifest with this pod spec. */
export function deploymentOf(podSpec: JsonObject): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'checkout', namespace: 'shop' },
    spec: { template: { spec: podSpec } },
  };
}

/** A Job that a CronJob owns, as `run now` makes it. */
export const JOB: JsonObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name: 'report-now',
    namespace: 'shop',
    ownerReferences: [
      { apiVersion: 'batch/v1', kind: 'CronJob', name: 'report', uid: UID, controller: true },
    ],
  },
  spec: {
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'report', image: 'report:1' }] } },
  },
};

/** One request of every shape that the catalogue sends. */
export const WRITES: Readonly<Record<string, WriteRequest>> = {
  scale: {
    verb: 'patch',
    target: CHECKOUT,
    subresource: 'scale',
    patch: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
  },
  restart: {
    verb: 'patch',
    target: CHECKOUT,
    patch: [{ op: 'add', path: '/spec/template/metadata/annotations/a', value: 'b' }],
  },
  cordon: patchOf({ kind: 'Node', name: 'worker-1' }, '/spec/unschedulable', true),
  suspend: patchOf({ kind: 'CronJob', namespace: 'shop', name: 'report' }, '/spec/suspend', true),
  autoscale: patchOf(
    { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'web' },
    '/spec/maxReplicas',
    9,
  ),
  label: patchOf({ kind: 'Service', namespace: 'shop', name: 'web' }, '/metadata/labels/team', 'shop'),
  annotate: patchOf(WEB_POD, '/metadata/annotations/example.com~1note', 'seen'),
  resize: {
    verb: 'patch',
    target: WEB_POD,
    subresource: 'resize',
    patch: [{ op: 'replace', path: '/spec/containers/0/resources/limits/memory', value: '1Gi' }],
  },
  apply: { verb: 'apply', target: CONFIG_MAP_REF, uid: UID, manifest: CONFIG_MAP },
  'apply what is new': { verb: 'apply', target: CONFIG_MAP_REF, uid: null, manifest: CONFIG_MAP },
  create: { verb: 'create', target: { kind: 'Job', namespace: 'shop', name: 'report-now' }, manifest: JOB },
  delete: { verb: 'delete', target: CONFIG_MAP_REF, uid: UID, propagation: 'Background' },
  'delete pod': { verb: 'delete', target: WEB_POD, uid: UID, propagation: 'Background' },
  evict: { verb: 'evict', target: WEB_POD, uid: UID },
};

function patchOf(target: ObjectRef, path: string, value: string | number | boolean): WriteRequest {
  return { verb: 'patch', target, patch: [{ op: 'add', path, value }] };
}

/** The request as the writer sends it, with the precondition that it needs. */
export function sentAs(write: WriteRequest, manner: Partial<WriteManner> = {}): ApiRequest {
  const isPatch =
    (write.verb === 'patch' || (write.verb === 'apply' && write.uid !== null)) && manner.dryRun !== true;
  return {
    ...formatWrite(write, { dryRun: false, ...(isPatch && { resourceVersion: '42' }), ...manner }),
    as: ALICE,
  };
}

/** The same request with another body. */
export function withBody(request: ApiRequest, body: JsonObject): ApiRequest {
  return { ...request, body: JSON.stringify(body) };
}
