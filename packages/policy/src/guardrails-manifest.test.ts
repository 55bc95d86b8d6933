import type { JsonObject, JsonValue } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkContent } from './guardrails.ts';
import { podSpecWarnings } from './guardrails-pod.ts';

const metadata = { name: 'cart', namespace: 'shop' };

function deployment(podSpec: JsonObject, container: JsonObject = {}): JsonObject {
  const containers = [{ name: 'app', image: 'cart:1', ...container }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { template: { spec: { containers, ...podSpec } } },
  };
}

const secured = (securityContext: JsonObject) => deployment({}, { securityContext });
const service = (spec: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Service', metadata, spec });
const configMap = (more: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata,
  ...more,
});

describe('checkContent', () => {
  it.each<[string, JsonObject]>([
    ['hostNetwork', deployment({ hostNetwork: true })],
    ['hostPID', deployment({ hostPID: true })],
    ['hostIPC', deployment({ hostIPC: true })],
    ['hostPath', deployment({ volumes: [{ name: 'root', hostPath: { path: '/' } }] })],
    ['hostPort', deployment({}, { ports: [{ containerPort: 80, hostPort: 80 }] })],
    ['privileged', secured({ privileged: true })],
    ['allowPrivilegeEscalation', secured({ allowPrivilegeEscalation: true })],
    ['SYS_ADMIN', secured({ capabilities: { add: ['NET_BIND_SERVICE', 'SYS_ADMIN'] } })],
    ['procMount', secured({ procMount: 'Unmasked' })],
    ['Unconfined', secured({ seccompProfile: { type: 'Unconfined' } })],
    ['Unconfined', deployment({ securityContext: { seccompProfile: { type: 'Unconfined' } } })],
    ['host process', secured({ windowsOptions: { hostProcess: true } })],
    ['privileged', deployment({ initContainers: [{ name: 'init', securityContext: { privileged: true } }] })],
    ['ExternalName', service({ type: 'ExternalName', externalName: 'example.com' })],
    ['externalIPs', service({ externalIPs: ['203.0.113.7'] })],
    ['metadata.finalizers', configMap({ metadata: { ...metadata, finalizers: ['example.com/keep'] } })],
    ['metadata.ownerReferences', configMap({ metadata: { ...metadata, ownerReferences: [] } })],
    ['status', configMap({ status: {} })],
    ['apiVersion', { ...deployment({}), apiVersion: 'extensions/v1beta1' }],
  ])('refuses %s, and says so by name', (said, manifest) => {
    expect(checkContent(manifest)).toMatchObject({
      kind: 'deny',
      reason: 'content',
      message: expect.stringContaining(said),
    });
  });

  it('looks into the pods of a CronJob, too', () => {
    const jobTemplate = { spec: deployment({ hostPID: true })['spec'] as JsonObject };
    const manifest = { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { jobTemplate } };
    expect(checkContent(manifest)).toMatchObject({
      kind: 'deny',
      message: expect.stringContaining('hostPID'),
    });
  });

  it.each([
    'Secret',
    'Namespace',
    'Node',
    'Pod',
    'ReplicaSet',
    'ServiceAccount',
    'Role',
    'RoleBinding',
    'ClusterRole',
    'ClusterRoleBinding',
    'CustomResourceDefinition',
    'PersistentVolume',
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'ResourceQuota',
    'Event',
    'constructor',
    '__proto__',
  ])('refuses the kind %s', (kind) => {
    expect(checkContent({ apiVersion: 'v1', kind, metadata })).toMatchObject({ kind: 'deny' });
  });

  it.each<[JsonObject]>([
    [deployment({})],
    [
      secured({
        runAsUser: 0,
        allowPrivilegeEscalation: false,
        capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      }),
    ],
    [
      deployment(
        { volumes: [{ name: 'tmp', emptyDir: {} }] },
        { ports: [{ containerPort: 80, hostPort: 0 }] },
      ),
    ],
    [service({ type: 'LoadBalancer' })],
    [configMap({ data: { hostPath: 'a word in a value' } })],
  ])('lets %j through', (manifest) => {
    expect(checkContent(manifest)).toEqual({ kind: 'pass' });
  });

  it('is total: it decides about any JSON', () => {
    const kinds = fc.constantFrom('Deployment', 'CronJob', 'Service', 'ConfigMap');
    fc.assert(
      fc.property(kinds, fc.jsonValue(), fc.jsonValue(), (kind, spec, given) => {
        const manifest = { apiVersion: 'apps/v1', kind, metadata: given, spec } as Record<string, JsonValue>;
        expect(['pass', 'deny']).toContain(checkContent(manifest).kind);
      }),
    );
  });
});

describe('podSpecWarnings', () => {
  it('says what is let through but should be known', () => {
    expect(
      podSpecWarnings({
        automountServiceAccountToken: true,
        containers: [{ securityContext: { runAsUser: 0 } }],
      }),
    ).toEqual([
      'It runs as root (runAsUser 0).',
      'Its pods get the token of their service account (automountServiceAccountToken).',
    ]);
    expect(podSpecWarnings({ containers: [{}] })).toEqual([]);
  });
});
