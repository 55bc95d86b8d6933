import { type KubeObject, SNAPSHOT_KINDS, type SnapshotKind } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toEventView } from './event-view.ts';
import { PROJECTIONS } from './projections.ts';
import { Sharing } from './sharing.ts';

const AT = '2026-01-15T12:00:00Z';
const AT_MS = Date.parse(AT);
const meta = { name: 'x', namespace: 'shop', uid: 'u', resourceVersion: '7', creationTimestamp: AT };

function view<K extends SnapshotKind>(
  kind: K,
  fields: Record<string, unknown>,
  metadata: Record<string, unknown> = {},
) {
  const object = { apiVersion: 'v1', kind, ...fields, metadata: { ...meta, ...metadata } } as KubeObject;
  return PROJECTIONS[kind](object, new Sharing());
}

const POD = {
  spec: {
    nodeName: 'worker-1',
    initContainers: [
      { name: 'migrate', image: 'm:1' },
      { name: 'proxy', image: 'p:1', restartPolicy: 'Always' },
    ],
    containers: [
      {
        name: 'web',
        image: 'web:1',
        env: [
          { name: 'PASSWORD', value: 'canary-literal' },
          { name: 'URL', valueFrom: { secretKeyRef: { name: 'database', key: 'url' } } },
          { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'modes', key: 'mode', optional: true } } },
        ],
        envFrom: [{ configMapRef: { name: 'settings' } }],
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
        livenessProbe: { exec: { command: ['check', '--password=canary-argument'] }, periodSeconds: 5 },
        startupProbe: { tcpSocket: { port: 'http' } },
      },
    ],
    volumes: [
      { name: 'a', configMap: { name: 'files', items: [{ key: 'a.yaml', path: 'a' }] } },
      { name: 'b', secret: { secretName: 'certificate' } },
      {
        name: 'c',
        projected: {
          sources: [{ secret: { name: 'optional', optional: true } }, { configMap: { name: 'ca' } }],
        },
      },
    ],
  },
  status: {
    phase: 'Running',
    conditions: [
      { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'm', lastTransitionTime: AT },
    ],
    containerStatuses: [
      {
        name: 'web',
        ready: false,
        restartCount: 4,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: AT } },
      },
    ],
  },
};

describe('toPodView', () => {
  it('keeps what explains a pod that crashes', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'rs', controller: true };
    const pod = view('Pod', POD, { labels: { app: 'web' }, ownerReferences: [owner], deletionTimestamp: AT });
    expect(pod).toMatchObject({
      createdAt: AT_MS,
      deletingSince: AT_MS,
      labels: { app: 'web' },
      owner: { kind: 'ReplicaSet', name: 'web-1', uid: 'rs' },
      phase: 'Running',
      nodeName: 'worker-1',
      conditions: [
        { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'm', since: AT_MS },
      ],
    });
    expect(pod.containers.map(({ name, isInit }) => [name, isInit])).toEqual([
      ['migrate', true],
      ['proxy', false],
      ['web', false],
    ]);
    expect(pod.containers.at(-1)).toEqual({
      name: 'web',
      image: 'web:1',
      isInit: false,
      ready: false,
      restartCount: 4,
      state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off' },
      lastState: { kind: 'terminated', reason: 'OOMKilled', message: '', exitCode: 137, finishedAt: AT_MS },
      requests: { cpu: '100m', memory: '64Mi' },
      limits: { memory: '128Mi' },
      probes: {
        readiness: 'GET :8080/healthz every 10 s',
        liveness: 'exec check every 5 s',
        startup: 'TCP :http every 10 s',
      },
    });
  });

  it('names the ConfigMaps and Secrets that are required, and those alone', () => {
    expect(view('Pod', POD).references).toEqual([
      { kind: 'Secret', name: 'database', key: 'url', via: 'env' },
      { kind: 'ConfigMap', name: 'settings', via: 'env' },
      { kind: 'ConfigMap', name: 'files', key: 'a.yaml', via: 'volume' },
      { kind: 'Secret', name: 'certificate', via: 'volume' },
      { kind: 'ConfigMap', name: 'ca', via: 'volume' },
    ]);
  });

  it('keeps no literal value of an environment variable and no argument of a probe', () => {
    const sharing = new Sharing();
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: meta, ...POD } as unknown as KubeObject;
    expect(JSON.stringify(PROJECTIONS.Pod(object, sharing))).not.toContain('canary');
  });

  it('calls the state of a container unknown before the kubelet has spoken', () => {
    const pod = view('Pod', { spec: { containers: [{ name: 'web' }] } });
    expect(pod.containers).toMatchObject([
      { state: { kind: 'unknown' }, lastState: { kind: 'unknown' }, restartCount: 0 },
    ]);
  });
});

describe('workload views', () => {
  it('reads absent replicas as one, and replicas of zero as zero', () => {
    expect(view('Deployment', { spec: {} }).replicas).toBe(1);
    expect(view('StatefulSet', {}).replicas).toBe(1);
    expect(view('Deployment', { spec: { replicas: 0 } }).replicas).toBe(0);
  });

  it('reads revision, pause, deadline, selector and images of a Deployment', () => {
    const template = { spec: { containers: [{ name: 'web', image: 'web:2' }] } };
    const fields = {
      spec: {
        paused: true,
        progressDeadlineSeconds: 60,
        selector: { matchLabels: { app: 'web' } },
        template,
      },
      status: {
        observedGeneration: 3,
        replicas: 2,
        updatedReplicas: 1,
        readyReplicas: 2,
        availableReplicas: 2,
      },
    };
    const annotations = { 'deployment.kubernetes.io/revision': '12' };
    expect(view('Deployment', fields, { generation: 4, annotations })).toMatchObject({
      generation: 4,
      observedGeneration: 3,
      currentReplicas: 2,
      updatedReplicas: 1,
      revision: 12,
      paused: true,
      progressDeadlineSeconds: 60,
      selector: { app: 'web' },
      images: { web: 'web:2' },
    });
    expect(view('Deployment', {})).toMatchObject({
      revision: 0,
      progressDeadlineSeconds: 600,
      conditions: [],
    });
  });

  it('counts the nodes of a DaemonSet', () => {
    const status = {
      desiredNumberScheduled: 5,
      currentNumberScheduled: 4,
      updatedNumberScheduled: 3,
      numberReady: 2,
      numberAvailable: 1,
      numberMisscheduled: 6,
    };
    expect(view('DaemonSet', { status })).toMatchObject({
      replicas: 5,
      currentReplicas: 4,
      updatedReplicas: 3,
      readyReplicas: 2,
      availableReplicas: 1,
      misscheduledPods: 6,
    });
  });

  it('reads how the pods of an earlier template are replaced', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
    expect(view('StatefulSet', { spec: { updateStrategy } })).toMatchObject({
      updateStrategy: 'RollingUpdate',
      partition: 2,
    });
    expect(view('DaemonSet', { spec: { updateStrategy: { type: 'OnDelete' } } })).toMatchObject({
      updateStrategy: 'OnDelete',
      partition: 0,
    });
    expect(view('Deployment', { spec: { strategy: { type: 'Recreate' } } })).toMatchObject({
      updateStrategy: 'Recreate',
    });
    expect(view('Deployment', {})).toMatchObject({ updateStrategy: 'RollingUpdate' });
  });

  it('reads what a ReplicaSet says about its revision', () => {
    const annotations = { 'deployment.kubernetes.io/revision': '3', 'kubernetes.io/change-cause': 'image' };
    expect(view('ReplicaSet', {}, { annotations, labels: { 'pod-template-hash': 'abc' } })).toMatchObject({
      revision: 3,
      changeCause: 'image',
      podTemplateHash: 'abc',
      replicas: 1,
    });
  });
});

describe('other views', () => {
  it('counts endpoints, those that say nothing as ready', () => {
    const endpoints = [
      { addresses: ['a', 'b'], conditions: { ready: true } },
      { addresses: ['c'], conditions: { ready: false } },
      { addresses: ['d'] },
    ];
    const labels = { 'kubernetes.io/service-name': 'web' };
    expect(view('EndpointSlice', { endpoints }, { labels })).toMatchObject({
      serviceName: 'web',
      readyAddresses: 3,
      notReadyAddresses: 1,
    });
    expect(view('EndpointSlice', { endpoints: null })).toMatchObject({ readyAddresses: 0 });
  });

  it('keeps the key names of a ConfigMap, never a value', () => {
    const configMap = view('ConfigMap', { data: { 'a.yaml': 'canary' }, binaryData: { b: 'canary' } });
    expect(configMap.keys).toEqual(['a.yaml', 'b']);
    expect(JSON.stringify(configMap)).not.toContain('canary');
  });

  it('reads the times of an Event from whichever fields its reporter filled', () => {
    const later = '2026-01-15T12:05:00Z';
    const event = (fields: Record<string, unknown>) => {
      const { firstSeen, lastSeen, count } = view('Event', fields);
      return [firstSeen - AT_MS, lastSeen - AT_MS, count];
    };
    expect(event({ firstTimestamp: AT, lastTimestamp: later, count: 9 })).toEqual([0, 300_000, 9]);
    expect(event({ eventTime: AT, series: { lastObservedTime: later, count: 4 } })).toEqual([0, 300_000, 4]);
    expect(event({ firstTimestamp: null, lastTimestamp: null })).toEqual([0, 0, 1]);
    expect(
      toEventView({ metadata: meta, message: 'x'.repeat(5_000) } as unknown as KubeObject, new Sharing())
        .message,
    ).toHaveLength(1_024);
  });

  it('takes the port for the target where a Service names none', () => {
    const ports = [{ port: 80 }, { name: 'm', port: 9090, targetPort: 'metrics' }];
    expect(view('Service', { spec: { ports } }).ports).toEqual([
      { name: '', port: 80, targetPort: '80', protocol: 'TCP' },
      { name: 'm', port: 9090, targetPort: 'metrics', protocol: 'TCP' },
    ]);
  });

  it('reads nodes, quotas, namespaces and autoscalers', () => {
    const taints = [{ key: 'k', effect: 'NoSchedule' }];
    expect(
      view('Node', { spec: { unschedulable: true, taints }, status: { allocatable: { cpu: '8' } } }),
    ).toMatchObject({
      unschedulable: true,
      taints: [{ key: 'k', value: '', effect: 'NoSchedule' }],
      allocatable: { cpu: '8' },
    });
    expect(view('ResourceQuota', { spec: { hard: { pods: '5' } } })).toMatchObject({
      hard: { pods: '5' },
      used: {},
    });
    expect(view('Namespace', { status: { phase: 'Terminating' } }).phase).toBe('Terminating');
    const spec = { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 9 };
    expect(view('HorizontalPodAutoscaler', { spec })).toMatchObject({
      target: { kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 9,
      currentReplicas: 0,
    });
  });

  it('reads what has become of Jobs and CronJobs', () => {
    const failed = { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', lastTransitionTime: AT };
    const spec = { completions: 2, backoffLimit: 1, suspend: true };
    const status = { startTime: AT, active: 1, succeeded: 2, failed: 3, conditions: [failed] };
    expect(view('Job', { spec, status })).toMatchObject({
      ...{ suspended: true, completions: 2, backoffLimit: 1, startedAt: AT_MS },
      ...{ activePods: 1, succeededPods: 2, failedPods: 3 },
      conditions: [{ type: 'Failed', reason: 'BackoffLimitExceeded' }],
    });
    expect(view('Job', {})).toMatchObject({
      suspended: false,
      completions: 1,
      backoffLimit: 6,
      startedAt: 0,
    });
    expect(
      view('CronJob', {
        spec: { schedule: '0 * * * *', suspend: true },
        status: { lastScheduleTime: AT, lastSuccessfulTime: AT, active: [{}] },
      }),
    ).toMatchObject({
      ...{ schedule: '0 * * * *', suspended: true, activeJobs: 1 },
      ...{ lastScheduledAt: AT_MS, lastSucceededAt: AT_MS },
    });
  });

  it('projects any object whatever is missing or of another type', () => {
    const kinds = fc.constantFrom(...SNAPSHOT_KINDS);
    const fields = fc.dictionary(
      fc.constantFrom('spec', 'status', 'data', 'endpoints', 'series', 'webhooks', 'imagePullSecrets'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(
        kinds,
        fields,
        fc.dictionary(fc.constantFrom('labels', 'ownerReferences', 'annotations'), fc.jsonValue()),
        (kind, given, metadata) => {
          expect(view(kind, given, metadata)).toMatchObject({ kind, name: 'x', namespace: 'shop' });
        },
      ),
    );
  });
});

describe('Sharing', () => {
  it('keeps one copy of equal label sets and texts', () => {
    const sharing = new Sharing();
    const labels = () => ({ app: 'web', tier: 'front' });
    expect(sharing.texts(labels())).toBe(sharing.texts(labels()));
    expect(sharing.texts({ app: 'web' })).not.toBe(sharing.texts(labels()));
    expect(sharing.texts(undefined)).toEqual({});
    expect(sharing.texts({ cpu: 1 })).toEqual({ cpu: '1' });
  });
});
