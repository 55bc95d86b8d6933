import type { KubeObject, SnapshotKind } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { PROJECTIONS } from './projections.ts';
import { Sharing } from './sharing.ts';

const meta = { name: 'x', namespace: 'shop', uid: 'u', resourceVersion: '7' };
/** A certificate of its own for `webhook.example`, which expires at the end of 2029. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUbyJXJwC/k6bS6uTEbEgVOBUTY08wCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPd2ViaG9vay5leGFtcGxlMB4XDTI2MTEyMjEwNDYxOFoXDTI5
MTIzMDEwNDYxOFowGjEYMBYGA1UEAwwPd2ViaG9vay5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEOsxUoTuh1ctPRSpZZRuXfCU8w6Uk6XKKvwJsltC1
1aylyByIwQDh/TndeMmSW7yHXChwi+CR34rgHrBKTDkxj6NTMFEwHQYDVR0OBBYE
FGJZ+yKghIr/c2Uv1QzRJOAyIjm0MB8GA1UdIwQYMBaAFGJZ+yKghIr/c2Uv1QzR
JOAyIjm0MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAI8OKeH/
DwMc7odIkXPYXAJFRiNni/Ba4wTC6MuhiYgYAiBrqyifKGkpB88Pdr60d2CMoOrd
7dMZ4nm3DcpC5O/weA==
-----END CERTIFICATE-----`;

function view<K extends SnapshotKind>(
  kind: K,
  fields: Record<string, unknown>,
  metadata: Record<string, unknown> = {},
  sharing = new Sharing(),
) {
  const object = { apiVersion: 'v1', kind, ...fields, metadata: { ...meta, ...metadata } } as KubeObject;
  return PROJECTIONS[kind](object, sharing);
}

describe('the spec of a pod', () => {
  const spec = {
    serviceAccountName: 'web',
    automountServiceAccountToken: false,
    hostNetwork: true,
    imagePullSecrets: [{ name: 'registry' }],
    schedulingGates: [{ name: 'wait' }],
    tolerations: [{ key: 'gpu', operator: 'Exists' }, { value: 'a' }],
    securityContext: { runAsNonRoot: true },
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'web' } } },
        ],
        preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: { topologyKey: 'node' } }],
      },
    },
    topologySpreadConstraints: [
      { topologyKey: 'zone', maxSkew: 2, whenUnsatisfiable: 'DoNotSchedule' },
      { topologyKey: 'node', whenUnsatisfiable: 'ScheduleAnyway' },
    ],
    initContainers: [{ name: 'setup' }, { name: 'proxy', restartPolicy: 'Always' }],
    containers: [
      {
        name: 'web',
        ports: [{ name: 'http', containerPort: 8080 }],
        resources: { requests: { cpu: 1 } },
        readinessProbe: { httpGet: { port: 'http' }, periodSeconds: 3 },
        livenessProbe: { exec: { command: ['canary'] } },
        securityContext: { privileged: true, capabilities: { add: ['NET_ADMIN'] } },
      },
    ],
    volumes: [
      { name: 'data', persistentVolumeClaim: { claimName: 'web-data' } },
      { name: 'scratch', ephemeral: {} },
      { name: 'none', emptyDir: {} },
    ],
  };

  it('keeps what decides where it runs, as whom, and what is asked of it', () => {
    const pod = view('Pod', { spec });
    expect(pod.claims).toEqual(['web-data', 'x-scratch']);
    expect(pod.spec).toMatchObject({
      ...{ serviceAccount: 'web', mountsToken: false, hostNetwork: true, hostPid: false },
      ...{ pullSecrets: ['registry'], schedulingGates: ['wait'], security: { runAsNonRoot: true } },
      tolerations: [
        { key: 'gpu', operator: 'Exists', value: '', effect: '' },
        { key: '', operator: 'Equal', value: 'a', effect: '' },
      ],
      affinity: [{ kind: 'apart', topologyKey: 'zone', selector: { matchLabels: { app: 'web' } } }],
      spread: [{ topologyKey: 'zone', maxSkew: 2 }],
    });
    expect(pod.spec.containers).toMatchObject([
      { name: 'setup', isInit: true },
      { name: 'proxy', isInit: false },
      {
        name: 'web',
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        requests: { cpu: '1' },
        probes: {
          readiness: { port: 'http', periodSeconds: 3, failureThreshold: 3 },
          liveness: { port: '' },
        },
        security: { privileged: true, addedCapabilities: ['NET_ADMIN'] },
      },
    ]);
    expect(JSON.stringify(pod.spec)).not.toContain('canary');
  });

  it('is one and the same for the pods of a ReplicaSet, and its own where a webhook added a container', () => {
    const sharing = new Sharing();
    const ownerReferences = [{ kind: 'ReplicaSet', name: 'web-1', uid: 'rs', controller: true }];
    const pod = (containers: readonly unknown[]) =>
      view('Pod', { spec: { ...spec, containers } }, { ownerReferences }, sharing).spec;
    const first = pod(spec.containers);
    expect(pod(spec.containers)).toBe(first);
    expect(pod([...spec.containers, { name: 'sidecar' }])).not.toBe(first);
  });

  it('stands in the template of a workload too, with the Service and the claims of a StatefulSet', () => {
    const volumeClaimTemplates = [
      { metadata: { name: 'data' }, spec: { storageClassName: 'fast' } },
      { metadata: { name: 'logs' }, spec: {} },
    ];
    const template = { metadata: { labels: { app: 'web' } }, spec };
    const set = view('StatefulSet', { spec: { serviceName: 'web', template, volumeClaimTemplates } });
    expect(set).toMatchObject({
      serviceName: 'web',
      claimTemplates: [{ name: 'data', storageClass: 'fast' }, { name: 'logs' }],
      template: { labels: { app: 'web' }, spec: { serviceAccount: 'web' } },
    });
    expect(view('Deployment', {}).template.spec).toMatchObject({ serviceAccount: 'default', containers: [] });
  });
});

describe('views of storage', () => {
  it('tell a claim that names no class from one that asks for none', () => {
    expect(view('PersistentVolumeClaim', { spec: {} })).not.toHaveProperty('storageClass');
    const spec = { storageClassName: '', resources: { requests: { storage: '1Gi' } } };
    const status = { phase: 'Bound', capacity: { storage: '2Gi' } };
    expect(view('PersistentVolumeClaim', { spec, status })).toMatchObject({
      ...{ storageClass: '', phase: 'Bound', requested: '1Gi', capacity: '2Gi' },
    });
  });

  it('say whose a volume is and how a class binds', () => {
    const claimRef = { namespace: 'shop', name: 'data', uid: 'c' };
    const volume = view('PersistentVolume', {
      spec: { claimRef, capacity: { storage: '1Gi' }, persistentVolumeReclaimPolicy: 'Retain' },
      status: { phase: 'Released' },
    });
    expect(volume).toMatchObject({
      ...{ phase: 'Released', capacity: '1Gi', reclaimPolicy: 'Retain' },
      claim: { namespace: 'shop', name: 'data', uid: 'c' },
    });
    expect(view('PersistentVolume', {})).not.toHaveProperty('claim');
    const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    const fields = { provisioner: 'csi', volumeBindingMode: 'WaitForFirstConsumer' };
    expect(view('StorageClass', fields, { annotations })).toMatchObject({
      ...{ provisioner: 'csi', isDefault: true, waitsForConsumer: true, allowsExpansion: false },
    });
  });
});

describe('views of the network', () => {
  it('list every backend of an Ingress, resources too, and the names of its certificates', () => {
    const service = (name: string, port: unknown) => ({ service: { name, port } });
    const spec = {
      defaultBackend: service('fallback', { name: 'http' }),
      tls: [{ hosts: ['a.example'], secretName: 'a-tls' }, { hosts: ['b.example'] }],
      rules: [
        { host: 'a.example', http: { paths: [{ path: '/', backend: service('web', { number: 80 }) }] } },
        { http: { paths: [{ path: '/files', backend: { resource: { kind: 'Bucket', name: 'b' } } }] } },
      ],
    };
    const annotations = { 'kubernetes.io/ingress.class': 'nginx' };
    expect(view('Ingress', { spec }, { annotations })).toMatchObject({
      className: 'nginx',
      backends: [
        { host: '', path: '', service: { name: 'fallback', port: 'http' } },
        { host: 'a.example', path: '/', service: { name: 'web', port: '80' } },
        { host: '', path: '/files' },
      ],
      tlsHosts: ['a.example', 'b.example'],
      tlsSecrets: ['a-tls'],
      addresses: 0,
    });
  });

  it('tell a NetworkPolicy that admits nothing from one that leaves a direction alone', () => {
    const closed = view('NetworkPolicy', { spec: { podSelector: {}, policyTypes: ['Ingress'] } });
    expect(closed).toMatchObject({ ingress: [] });
    expect(closed).not.toHaveProperty('egress');
    const from = [{ namespaceSelector: { matchLabels: { team: 'a' } } }, { ipBlock: { cidr: '10.0.0.0/8' } }];
    const rules = { ingress: [{ from, ports: [{ port: 80 }] }], egress: [{}] };
    const implied = view('NetworkPolicy', { spec: { podSelector: {}, ...rules } });
    expect(implied.ingress).toMatchObject([
      {
        peers: [{ namespaces: { matchLabels: { team: 'a' } } }, { cidr: '10.0.0.0/8' }],
        ports: [{ protocol: 'TCP', port: '80' }],
      },
    ]);
    expect(implied.egress).toEqual([{ peers: [], ports: [] }]);
  });
});

describe('views of what the API server asks', () => {
  const webhook = (clientConfig: unknown, more: Record<string, unknown> = {}) =>
    view('ValidatingWebhookConfiguration', {
      webhooks: [
        {
          name: 'check.example',
          clientConfig,
          rules: [{ operations: ['CREATE', 'UPDATE'], resources: ['pods'] }],
          ...more,
        },
      ],
    }).webhooks[0];

  it('say where a webhook is, what it is called for, and what becomes of a call that fails', () => {
    const service = { namespace: 'system', name: 'hook' };
    expect(webhook({ service }, { failurePolicy: 'Ignore', timeoutSeconds: 3 })).toEqual({
      name: 'check.example',
      service: { namespace: 'system', name: 'hook', port: 443 },
      failurePolicy: 'Ignore',
      timeoutSeconds: 3,
      calledFor: ['create pods', 'update pods'],
    });
    expect(webhook({ url: 'https://hook.example' })).not.toHaveProperty('service');
  });

  it('read when the certificate of a webhook expires, and nothing from what is none', () => {
    const caBundle = Buffer.from(CERTIFICATE).toString('base64');
    expect(webhook({ caBundle })?.certificateExpiresAt).toBe(Date.UTC(2029, 11, 30, 10, 46, 18));
    const broken = CERTIFICATE.replace('MII', 'AAA');
    for (const text of ['', 'not base64!', broken, Buffer.from(broken).toString('base64')]) {
      expect(webhook({ caBundle: text })).not.toHaveProperty('certificateExpiresAt');
    }
  });

  it('read budgets, limits, accounts and aggregated APIs', () => {
    expect(
      view('PodDisruptionBudget', {
        spec: { maxUnavailable: '30%', selector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
        status: { disruptionsAllowed: 2, expectedPods: 5 },
      }),
    ).toMatchObject({
      ...{ minAvailable: '', maxUnavailable: '30%', disruptionsAllowed: 2, expectedPods: 5 },
      selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: [] }] },
    });
    const limits = [{ type: 'Container', max: { cpu: 2 }, defaultRequest: { cpu: '100m' } }];
    expect(view('LimitRange', { spec: { limits } }).limits).toEqual([
      { type: 'Container', min: {}, max: { cpu: '2' }, defaultLimits: {}, defaultRequests: { cpu: '100m' } },
    ]);
    const account = { automountServiceAccountToken: false, imagePullSecrets: [{ name: 'registry' }] };
    expect(view('ServiceAccount', account)).toMatchObject({ mountsToken: false, pullSecrets: ['registry'] });
    expect(view('ServiceAccount', {})).not.toHaveProperty('mountsToken');
    const conditions = [{ type: 'Available', status: 'False', reason: 'MissingEndpoints' }];
    const api = { spec: { service: { namespace: 'system', name: 'api' } }, status: { conditions } };
    expect(view('APIService', api)).toMatchObject({
      service: { port: 443 },
      conditions: [{ reason: 'MissingEndpoints' }],
    });
    expect(view('APIService', {})).not.toHaveProperty('service');
  });
});
