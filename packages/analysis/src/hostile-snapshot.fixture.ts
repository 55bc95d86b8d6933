import type { Kind } from '@jamie/core';
import { type AnyView, aSnapshot, SNAPSHOT_TIME } from '@jamie/testing';
import fc from 'fast-check';

const KINDS = Object.keys(aSnapshot().build().objects) as Kind[];

/** Text that clusters of other people may hold: odd names, control characters, secrets, very long words. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'a/b',
    '\u202egnp.exe',
    '\u0000\n\r\u001b[31m',
    'x'.repeat(5_000),
    'password=hunter2hunter2',
    '$(rm -rf /)',
    '0/0 nodes are available: ',
  ),
  fc.string({ maxLength: 20 }),
);
const hostileNumber = fc.oneof(
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, SNAPSHOT_TIME, SNAPSHOT_TIME - 120_000),
  fc.integer(),
);
const hostileLabels = fc.dictionary(fc.constantFrom('app', 'tier', '__proto__', ''), hostileText, {
  maxKeys: 3,
});
const uids = fc.constantFrom('u1', 'u2', 'u3', '');

const state = fc.oneof(
  fc.record({
    kind: fc.constant('waiting' as const),
    reason: fc.constantFrom('CrashLoopBackOff', 'ErrImagePull', 'CreateContainerConfigError', ''),
    message: hostileText,
  }),
  fc.record({ kind: fc.constant('running' as const), since: hostileNumber }),
  fc.record({
    kind: fc.constant('terminated' as const),
    reason: fc.constantFrom('OOMKilled', 'Error', ''),
    message: hostileText,
    exitCode: hostileNumber,
    finishedAt: hostileNumber,
  }),
  fc.constant({ kind: 'unknown' as const }),
);
const conditions = fc.array(
  fc.record({
    type: fc.constantFrom(
      'Ready',
      'PodScheduled',
      'Progressing',
      'Available',
      'ReplicaFailure',
      'DiskPressure',
    ),
    status: fc.constantFrom('True' as const, 'False' as const, 'Unknown' as const),
    reason: fc.constantFrom('Unschedulable', 'ProgressDeadlineExceeded', 'FailedCreate', ''),
    message: hostileText,
    since: hostileNumber,
  }),
  { maxLength: 4 },
);
const container = fc.record({
  name: fc.constantFrom('app', 'proxy', ''),
  image: hostileText,
  isInit: fc.boolean(),
  ready: fc.boolean(),
  restartCount: hostileNumber,
  state,
  lastState: state,
  requests: fc.dictionary(fc.constantFrom('cpu', 'memory'), hostileText),
  limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), hostileText),
  probes: fc.constantFrom({}, { readiness: 'GET :80/ every 10 s' }, { liveness: 'x', startup: 'y' }),
});

const security = fc.constantFrom(undefined, { addedCapabilities: [], privileged: true, runAsUser: 0 });
const selectorView = fc.record({ matchLabels: hostileLabels, matchExpressions: fc.constant([]) });

/** What a pod or a template says, with odd names in every place that takes one. */
const hostileSpec = fc.record({
  serviceAccount: hostileText,
  pullSecrets: fc.constant([]),
  hostNetwork: fc.boolean(),
  hostPid: fc.boolean(),
  hostIpc: fc.boolean(),
  restartPolicy: fc.constantFrom('Always', 'Never', ''),
  priorityClass: hostileText,
  schedulingGates: fc.array(hostileText, { maxLength: 1 }),
  tolerations: fc.constant([]),
  affinity: fc.array(
    fc.record({
      kind: fc.constantFrom('together', 'apart'),
      topologyKey: hostileText,
      selector: selectorView,
    }),
    { maxLength: 1 },
  ),
  spread: fc.array(fc.record({ topologyKey: hostileText, maxSkew: hostileNumber, selector: selectorView }), {
    maxLength: 1,
  }),
  security,
  configMaps: fc.array(fc.record({ name: hostileText }), { maxLength: 1 }),
  containers: fc.array(
    fc.record({
      name: hostileText,
      image: hostileText,
      isInit: fc.boolean(),
      pullPolicy: hostileText,
      ports: fc.array(fc.record({ name: hostileText, port: hostileNumber, protocol: hostileText }), {
        maxLength: 1,
      }),
      requests: hostileLabels,
      limits: hostileLabels,
      probes: fc.constantFrom(
        {},
        {
          liveness: {
            port: '80',
            periodSeconds: Number.NaN,
            timeoutSeconds: 0,
            initialDelaySeconds: -1,
            failureThreshold: 0,
          },
        },
      ),
      security,
    }),
    { maxLength: 2 },
  ),
});

const hostileSelector = fc.record({
  matchLabels: hostileLabels,
  matchExpressions: fc.array(
    fc.record({
      key: hostileText,
      operator: fc.constantFrom('In' as const, 'NotIn' as const, 'Exists' as const, 'DoesNotExist' as const),
      values: fc.array(hostileText, { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
});
const hostileRules = fc.array(
  fc.record({
    peers: fc.array(
      fc.oneof(
        fc.record({ pods: hostileSelector }),
        fc.record({ namespaces: hostileSelector, pods: hostileSelector }),
        fc.record({ cidr: fc.oneof(fc.constantFrom('10.0.0.0/8', '10.0.0.0/99', '::/0'), hostileText) }),
      ),
      { maxLength: 2 },
    ),
    ports: fc.array(fc.record({ protocol: fc.constantFrom('TCP', 'UDP'), port: hostileText }), {
      maxLength: 2,
    }),
  }),
  { maxLength: 2 },
);

/** A view of any kind with the fields of every kind: owners point at each other and at themselves. */
const hostileView = fc.record({
  kind: fc.constantFrom(...KINDS),
  namespace: fc.constantFrom('shop', 'web', ''),
  name: fc.oneof(fc.constantFrom('checkout', 'basket'), hostileText),
  uid: uids,
  resourceVersion: fc.constant('1'),
  createdAt: hostileNumber,
  labels: hostileLabels,
  owner: fc.record({
    kind: fc.constantFrom('ReplicaSet', 'Deployment', 'Job'),
    name: hostileText,
    uid: uids,
  }),
  phase: fc.constantFrom('Running', 'Pending', 'Succeeded', 'Lost', 'Failed', 'Released'),
  reason: fc.constantFrom('', 'Unhealthy', 'FailedMount', 'FailedCreate', 'Killing', 'BackOff'),
  message: hostileText,
  nodeName: fc.constantFrom('', 'checkout'),
  nodeSelector: hostileLabels,
  address: fc.oneof(fc.constantFrom('', '10.1.2.3', '::1'), hostileText),
  pods: hostileSelector,
  ingress: hostileRules,
  egress: hostileRules,
  className: hostileText,
  classByAnnotation: fc.boolean(),
  isDefault: fc.boolean(),
  backends: fc.array(
    fc.record({
      host: hostileText,
      path: hostileText,
      service: fc.record({ name: fc.constantFrom('checkout', 'gone', '__proto__'), port: hostileText }),
    }),
    { maxLength: 2 },
  ),
  tlsSecrets: fc.array(hostileText, { maxLength: 2 }),
  portErrors: fc.array(hostileText, { maxLength: 1 }),
  addresses: hostileNumber,
  clusterIp: fc.constantFrom('', 'None', '10.96.0.1'),
  externalName: hostileText,
  externalTrafficPolicy: fc.constantFrom('', 'Local', 'Cluster'),
  suspended: fc.boolean(),
  schedule: hostileText,
  completions: hostileNumber,
  backoffLimit: hostileNumber,
  activePods: hostileNumber,
  succeededPods: hostileNumber,
  failedPods: hostileNumber,
  startedAt: hostileNumber,
  lastScheduledAt: hostileNumber,
  lastSucceededAt: hostileNumber,
  activeJobs: hostileNumber,
  conditions,
  containers: fc.array(container, { maxLength: 2 }),
  references: fc.constant([{ kind: 'ConfigMap' as const, name: 'gone', via: 'env' as const }]),
  spec: hostileSpec,
  template: fc.record({
    labels: hostileLabels,
    spec: hostileSpec,
    claims: fc.array(hostileText, { maxLength: 1 }),
  }),
  claimTemplates: fc.array(fc.record({ name: hostileText, storageClass: hostileText }), { maxLength: 1 }),
  storageClass: fc.option(hostileText, { nil: undefined }),
  volumeName: hostileText,
  requested: hostileText,
  capacity: hostileText,
  accessModes: fc.array(hostileText, { maxLength: 1 }),
  provisioner: hostileText,
  waitsForConsumer: fc.boolean(),
  reclaimPolicy: hostileText,
  claim: fc.constantFrom(undefined, { namespace: 'shop', name: 'data', uid: 'u1' }),
  timeZone: hostileText,
  concurrencyPolicy: fc.constantFrom('Allow', 'Forbid', ''),
  startingDeadlineSeconds: hostileNumber,
  minAvailable: hostileText,
  maxUnavailable: hostileText,
  expectedPods: hostileNumber,
  currentHealthy: hostileNumber,
  desiredHealthy: hostileNumber,
  disruptionsAllowed: hostileNumber,
  metrics: fc.array(hostileText, { maxLength: 1 }),
  utilisationOf: fc.constantFrom([], ['cpu']),
  lastScaledAt: hostileNumber,
  sizeBytes: hostileNumber,
  claims: fc.array(hostileText, { maxLength: 1 }),
  webhooks: fc.array(
    fc.record({
      name: hostileText,
      service: fc.constantFrom(undefined, { namespace: 'shop', name: 'checkout', port: 443 }),
      failurePolicy: fc.constantFrom('Fail' as const, 'Ignore' as const),
      timeoutSeconds: hostileNumber,
      calledFor: fc.array(hostileText, { maxLength: 2 }),
      certificateExpiresAt: hostileNumber,
    }),
    { maxLength: 2 },
  ),
  service: fc.constantFrom(undefined, { namespace: 'shop', name: 'checkout', port: 443 }),
  kubeletVersion: fc.constantFrom('v1.30.1', 'v1.36.1', '', 'odd'),
  pullSecrets: fc.array(hostileText, { maxLength: 1 }),
  mountsToken: fc.constantFrom(true, false, undefined),
  generation: hostileNumber,
  observedGeneration: hostileNumber,
  replicas: hostileNumber,
  currentReplicas: hostileNumber,
  updatedReplicas: hostileNumber,
  readyReplicas: hostileNumber,
  availableReplicas: hostileNumber,
  paused: fc.boolean(),
  inOrder: fc.boolean(),
  misscheduledPods: hostileNumber,
  updateStrategy: hostileText,
  partition: hostileNumber,
  progressDeadlineSeconds: hostileNumber,
  selector: hostileLabels,
  images: hostileLabels,
  revision: hostileNumber,
  podTemplateHash: hostileText,
  changeCause: hostileText,
  type: fc.constantFrom('ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort', 'Warning'),
  ports: fc.array(
    fc.record({ name: hostileText, port: hostileNumber, targetPort: hostileText, protocol: hostileText }),
    { maxLength: 2 },
  ),
  serviceName: hostileText,
  readyAddresses: hostileNumber,
  notReadyAddresses: hostileNumber,
  unschedulable: fc.boolean(),
  taints: fc.constant([{ key: 'a', value: '', effect: 'NoSchedule' }]),
  allocatable: fc.dictionary(fc.constantFrom('cpu', 'memory'), hostileText),
  count: hostileNumber,
  firstSeen: hostileNumber,
  lastSeen: hostileNumber,
  involved: fc.record({
    kind: fc.constantFrom('Pod', 'Node'),
    namespace: fc.constant('shop'),
    name: hostileText,
    uid: uids,
  }),
  keys: fc.constant([]),
  limits: fc.constant([]),
  hard: fc.constant({}),
  used: fc.constant({}),
  target: fc.constant({ kind: 'Deployment', name: 'checkout' }),
  minReplicas: hostileNumber,
  maxReplicas: hostileNumber,
  desiredReplicas: hostileNumber,
});

/** A snapshot of objects that point at each other and at themselves, with odd names, numbers and texts in every field. */
export const hostileSnapshot = fc.array(hostileView, { maxLength: 25 }).map((views) =>
  // One record carries the fields of all kinds; only its kind decides how it is read.
  aSnapshot()
    .with(views.map(withOwnSelector) as unknown as readonly AnyView[])
    .build(),
);

const SELECTING_BY_EXPRESSION: ReadonlySet<Kind> = new Set(['PodDisruptionBudget', 'NetworkPolicy']);

/** Budgets and policies select by expressions, Services and workloads by labels alone. */
function withOwnSelector(view: { readonly kind: Kind; readonly selector: Record<string, string> }) {
  if (!SELECTING_BY_EXPRESSION.has(view.kind)) return view;
  return { ...view, selector: { matchLabels: view.selector, matchExpressions: [] } };
}
