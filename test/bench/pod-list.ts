/** Pods as a real API server lists them, managed fields included: about 4 KB each, as those of ordinary services are. */
export interface PodListBodies {
  /** The whole list in one body, as ListWatch asks for it. */
  readonly whole: Buffer;
  /** The same in pages. */
  readonly pages: readonly Buffer[];
}

const NAMESPACES = 25;
const REPLICAS = 10;

/** Generates the bodies; the same count gives the same bytes. */
export function generatePodList(count: number, pageSize: number): PodListBodies {
  const pods = Array.from({ length: count }, (_, index) => pod(index));
  const pages: Buffer[] = [];
  for (let start = 0; start < count; start += pageSize) {
    const next = start + pageSize < count ? `page-${start + pageSize}` : '';
    pages.push(listBody(pods.slice(start, start + pageSize), next));
  }
  return { whole: listBody(pods, ''), pages };
}

function listBody(items: readonly unknown[], next: string): Buffer {
  const metadata = { resourceVersion: '900000', ...(next === '' ? {} : { continue: next }) };
  return Buffer.from(JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items }));
}

function digits(seed: number, length: number): string {
  let text = '';
  for (let state = seed + 1; text.length < length; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    text += state.toString(16).padStart(8, '0');
  }
  return text.slice(0, length);
}

function uid(seed: number): string {
  const hex = digits(seed, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function pod(index: number): unknown {
  const workload = Math.floor(index / REPLICAS);
  const app = `service-${workload}`;
  const hash = digits(workload + 77, 9);
  const started = new Date(Date.UTC(2026, 0, 1) + index * 7_919_000).toISOString().replace('.000Z', 'Z');
  const name = `${app}-${hash}-${digits(index + 9_999, 5)}`;
  return {
    metadata: {
      name,
      generateName: `${app}-${hash}-`,
      namespace: `team-${workload % NAMESPACES}`,
      uid: uid(index),
      resourceVersion: String(100_000 + index),
      generation: 1,
      creationTimestamp: started,
      labels: {
        app,
        'app.kubernetes.io/part-of': `product-${workload % 40}`,
        'pod-template-hash': hash,
        team: `team-${workload % NAMESPACES}`,
      },
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '9090',
        'kubectl.kubernetes.io/restartedAt': started,
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${app}-${hash}`,
          uid: uid(workload + 50_000),
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: managedFields(started, uid(workload + 50_000)),
    },
    spec: podSpec(index, workload, app),
    status: podStatus(index, app, started),
  };
}

function podSpec(index: number, workload: number, app: string): unknown {
  const volumeMounts = [
    { name: 'config', mountPath: '/etc/app' },
    { name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
  ];
  const probe = {
    httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
  const env = [
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: `${app}-database`, key: 'url' } } },
    { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
  ];
  const container = {
    name: 'app',
    image: `registry.example/shop/${app}:${1 + (workload % 9)}.4.2`,
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env,
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    volumeMounts,
    readinessProbe: probe,
    livenessProbe: probe,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  };
  return {
    volumes: [
      { name: 'config', configMap: { name: `${app}-config`, defaultMode: 420 } },
      {
        name: 'kube-api-access',
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
          defaultMode: 420,
        },
      },
    ],
    containers: [container],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: app,
    nodeName: `node-${index % 60}`,
    securityContext: { runAsNonRoot: true },
    schedulerName: 'default-scheduler',
    tolerations: ['not-ready', 'unreachable'].map((key) => ({
      key: `node.kubernetes.io/${key}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

function podStatus(index: number, app: string, started: string): unknown {
  const types = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
  const ip = `10.${index % 200}.${(index >> 8) % 250}.${index % 250}`;
  return {
    phase: 'Running',
    conditions: types.map((type) => ({
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: started,
    })),
    hostIP: `172.16.0.${index % 60}`,
    podIP: ip,
    podIPs: [{ ip }],
    startTime: started,
    containerStatuses: [
      {
        name: 'app',
        state: { running: { startedAt: started } },
        lastState: {},
        ready: true,
        restartCount: index % 3,
        image: `registry.example/shop/${app}`,
        imageID: `registry.example/shop/${app}@sha256:${digits(index >> 4, 64)}`,
        containerID: `containerd://${digits(index, 64)}`,
        started: true,
      },
    ],
    qosClass: 'Burstable',
  };
}

/** Who owns which field: a third of what an API server sends about a pod. */
function managedFields(time: string, owner: string): readonly unknown[] {
  const condition = (type: string) => [
    `k:{"type":"${type}"}`,
    { '.': {}, 'f:lastProbeTime': {}, 'f:lastTransitionTime': {}, 'f:status': {}, 'f:type': {} },
  ];
  const spec = {
    'f:containers': {
      'k:{"name":"app"}': {
        '.': {},
        'f:env': {},
        'f:image': {},
        'f:imagePullPolicy': {},
        'f:livenessProbe': {},
        'f:name': {},
        'f:ports': {},
        'f:readinessProbe': {},
        'f:resources': {},
        'f:terminationMessagePath': {},
      },
    },
    'f:dnsPolicy': {},
    'f:restartPolicy': {},
    'f:schedulerName': {},
    'f:securityContext': {},
    'f:terminationGracePeriodSeconds': {},
    'f:volumes': {},
  };
  const metadata = {
    'f:annotations': { '.': {}, 'f:prometheus.io/scrape': {} },
    'f:generateName': {},
    'f:labels': { '.': {}, 'f:app': {}, 'f:pod-template-hash': {} },
    'f:ownerReferences': { '.': {}, [`k:{"uid":"${owner}"}`]: {} },
  };
  const status = {
    'f:conditions': Object.fromEntries(
      ['ContainersReady', 'Initialized', 'PodReadyToStartContainers', 'Ready'].map(condition),
    ),
    'f:containerStatuses': {},
    'f:hostIP': {},
    'f:phase': {},
    'f:podIP': {},
    'f:podIPs': {},
    'f:startTime': {},
  };
  return [
    {
      manager: 'kube-controller-manager',
      operation: 'Update',
      apiVersion: 'v1',
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:metadata': metadata, 'f:spec': spec },
    },
    {
      manager: 'kubelet',
      operation: 'Update',
      apiVersion: 'v1',
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:status': status },
      subresource: 'status',
    },
  ];
}
