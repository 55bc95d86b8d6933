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
  phase: fc.constantFrom('Running', 'Pending', 'Succeeded', 'Odd'),
  reason: fc.constantFrom('', 'Unhealthy', 'FailedMount', 'FailedCreate', 'Killing', 'BackOff'),
  message: hostileText,
  nodeName: fc.constantFrom('', 'checkout'),
  nodeSelector: hostileLabels,
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
  generation: hostileNumber,
  observedGeneration: hostileNumber,
  replicas: hostileNumber,
  currentReplicas: hostileNumber,
  updatedReplicas: hostileNumber,
  readyReplicas: hostileNumber,
  availableReplicas: hostileNumber,
  paused: fc.boolean(),
  inOrder: fc.boolean(),
  progressDeadlineSeconds: hostileNumber,
  selector: hostileLabels,
  images: hostileLabels,
  revision: hostileNumber,
  podTemplateHash: hostileText,
  changeCause: hostileText,
  type: fc.constantFrom('ClusterIP', 'ExternalName', 'Warning'),
  ports: fc.constant([]),
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
    .with(views as unknown as readonly AnyView[])
    .build(),
);
