import type { Diagnosis, PodView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aConfigMap,
  aContainer,
  aDeployed,
  aNode,
  anEvent,
  aPendingPod,
  aPod,
  aPodSpec,
  aSnapshot,
  running,
  SNAPSHOT_TIME,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

function diagnoseViews(...views: readonly AnyView[]): Diagnosis {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
}

function codes(...views: readonly AnyView[]): readonly string[] {
  return diagnoseViews(...views).causes.map((cause) => cause.root.code);
}

function waitingPod(reason: string, message: string, more: Partial<PodView> = {}): PodView {
  return aPod({
    phase: 'Pending',
    containers: [aContainer({ ready: false, state: waiting(reason, message) })],
    ...more,
  });
}

describe('image analyzers', () => {
  it.each([
    [
      'ErrImagePull',
      'rpc error: code = NotFound desc = manifest for shop/app:9.9 not found: manifest unknown',
      'CHK-POD-121',
    ],
    ['ImagePullBackOff', 'Back-off pulling image "x": ErrImagePull: x: not found', 'CHK-POD-121'],
    ['ErrImagePull', 'failed to authorize: failed to fetch oauth token: 401 Unauthorized', 'CHK-POD-122'],
    [
      'ErrImagePull',
      'pull access denied, repository does not exist or may require authorization',
      'CHK-POD-122',
    ],
    ['ErrImagePull', 'dial tcp: lookup registry.example: no such host', 'CHK-POD-123'],
    ['ErrImagePull', 'net/http: TLS handshake timeout', 'CHK-POD-123'],
    ['InvalidImageName', 'couldn\'t parse image name "Shop/App": invalid reference format', 'CHK-POD-124'],
    ['ErrImageNeverPull', 'Container image "x" is not present with pull policy of Never', 'CHK-POD-125'],
    ['ImagePullBackOff', 'Back-off pulling image "registry.example/shop/app:1.4.2"', 'CHK-POD-126'],
    [
      'ErrImagePull',
      '429 Too Many Requests: toomanyrequests: You have reached your pull rate limit',
      'CHK-POD-127',
    ],
  ])('names %s with "%s" as %s', (reason, message, code) => {
    expect(codes(waitingPod(reason, message))).toEqual([code]);
  });

  it('reads the reason from the event when the back-off message has none', () => {
    const pod = waitingPod('ImagePullBackOff', 'Back-off pulling image "registry.example/shop/app:1.4.2"');
    const event = anEvent(
      pod,
      'Failed',
      'Failed to pull image "registry.example/shop/app:1.4.2": manifest unknown',
    );
    expect(codes(pod, event)).toEqual(['CHK-POD-121']);
  });

  it('counts a registry that nobody reaches as one cause for all images', () => {
    const message = 'dial tcp: lookup registry.example: no such host';
    const other = aContainer({
      image: 'registry.example/shop/basket:2',
      ready: false,
      state: waiting('ErrImagePull', message),
    });
    const { causes } = diagnoseViews(
      waitingPod('ErrImagePull', message),
      aPod({ name: 'basket', containers: [other] }),
    );
    expect(causes.map((cause) => [cause.root.code, cause.consequences.length])).toEqual([['CHK-POD-123', 1]]);
  });

  it.each([
    ['a pod that is being created', 'ContainerCreating'],
    ['a pod whose init containers run', 'PodInitializing'],
  ])('stays silent about %s', (_what, reason) => {
    expect(codes(waitingPod(reason, '', { createdAt: SNAPSHOT_TIME - 60_000, conditions: [] }))).toEqual([]);
  });
});

describe('configuration analyzers', () => {
  const ERROR = 'CreateContainerConfigError';

  it.each([
    ['configmap "checkout-config" not found', 'CHK-POD-131'],
    ['secret "checkout-token" not found', 'CHK-POD-132'],
    ["couldn't find key LOG_LEVEL in ConfigMap shop/checkout-config", 'CHK-POD-133'],
    ["couldn't find key password in Secret shop/checkout-token", 'CHK-POD-133'],
    ['container has runAsNonRoot and image will run as root', 'CHK-POD-134'],
  ])('names "%s" as %s', (message, code) => {
    expect(codes(waitingPod(ERROR, message))).toEqual([code]);
  });

  it('says which ConfigMap to create', () => {
    const [cause] = diagnoseViews(waitingPod(ERROR, 'configmap "checkout-config" not found')).causes;
    expect(cause?.explanation).toBe(
      'ConfigMap checkout-config does not exist in namespace shop, so the pod cannot start.',
    );
    expect(cause?.proposals[0]?.label).toBe('Create ConfigMap checkout-config');
    expect(cause?.confidence).toBe('high');
  });

  it('doubts the message once the ConfigMap is there', () => {
    const pod = waitingPod(ERROR, 'configmap "checkout-config" not found');
    expect(diagnoseViews(pod, aConfigMap('checkout-config', [])).causes[0]?.confidence).toBe('medium');
  });

  it('reads a failed mount and finds the name of a missing volume key among the references', () => {
    const references = [{ kind: 'ConfigMap', name: 'rules', key: 'app.yaml', via: 'volume' }] as const;
    const pod = waitingPod('ContainerCreating', '', { references });
    const absent = anEvent(
      pod,
      'FailedMount',
      'MountVolume.SetUp failed for volume "c" : configmap "rules" not found',
    );
    const key = anEvent(
      pod,
      'FailedMount',
      'MountVolume.SetUp failed for volume "c" : configmap references non-existent config key: app.yaml',
    );
    expect(codes(pod, absent)).toEqual(['CHK-POD-131']);
    expect(diagnoseViews(pod, key).causes[0]?.root.summary).toBe(
      'key app.yaml of ConfigMap rules does not exist',
    );
  });

  it('warns when a running pod names a ConfigMap that is gone', () => {
    const pod = aPod({ references: [{ kind: 'ConfigMap', name: 'rules', via: 'env' }] });
    expect(codes(pod)).toEqual(['CHK-POD-135']);
    expect(codes(pod, aConfigMap('rules', []))).toEqual([]);
  });

  it('warns when a running pod names a key that is gone', () => {
    const pod = aPod({ references: [{ kind: 'ConfigMap', name: 'rules', key: 'a', via: 'env' }] });
    expect(codes(pod, aConfigMap('rules', ['b']))).toEqual(['CHK-POD-135']);
    expect(codes(pod, aConfigMap('rules', ['a', 'b']))).toEqual([]);
  });

  it('counts one missing ConfigMap of two workloads as one cause', () => {
    const fields = {
      phase: 'Pending',
      containers: [aContainer({ ready: false, state: waiting(ERROR, 'configmap "common" not found') })],
    };
    const first = aDeployed('checkout', [{ revision: 1, pods: [fields] }]);
    const second = aDeployed('basket', [{ revision: 1, pods: [fields] }]);
    const { causes } = diagnoseViews(...first.views, ...second.views);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.explanation).toContain('Because of that');
  });

  it('stays silent for a Secret, about which no list tells, and for a pod that was made just now', () => {
    const named = aPod({ references: [{ kind: 'Secret', name: 'token', via: 'env' }] });
    const young = waitingPod(ERROR, 'configmap "a" not found', { createdAt: SNAPSHOT_TIME - 3_000 });
    expect(codes(named)).toEqual([]);
    expect(codes(young)).toEqual([]);
  });

  it('cannot tell about references while ConfigMaps are unread', () => {
    const pod = aPod({ references: [{ kind: 'ConfigMap', name: 'rules', via: 'env' }] });
    const result = diagnose(aSnapshot().with(pod).unread('ConfigMap').build(), { kind: 'cluster' });
    expect(result.verdict).toBe('cannot_tell');
    expect(result.unchecked[0]?.why).toMatch(/^Jamie may not read ConfigMaps/);
  });
});

describe('scheduling analyzers', () => {
  it.each([
    [
      '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found.',
      'CHK-POD-141',
    ],
    [
      '0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient memory.',
      'CHK-POD-141',
    ],
    ["0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.", 'CHK-POD-142'],
    [
      "0/4 nodes are available: 1 node(s) had untolerated taint {a: b}, 3 node(s) didn't match pod anti-affinity rules.",
      'CHK-POD-176',
    ],
    ["0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints.", 'CHK-POD-177'],
    ["0/2 nodes are available: 2 node(s) didn't match pod affinity rules.", 'CHK-POD-142'],
    [
      "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) didn't satisfy existing pods anti-affinity rules.",
      'CHK-POD-176',
    ],
    ['0/2 nodes are available: 2 node(s) had untolerated taint {dedicated: gpu}.', 'CHK-POD-143'],
    ['0/2 nodes are available: 2 node(s) had volume node affinity conflict.', 'CHK-POD-142'],
    ['0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.', 'CHK-POD-144'],
    ['something new', 'CHK-POD-144'],
  ])('names "%s" as %s', (message, code) => {
    expect(codes(aPendingPod(message))).toEqual([code]);
  });

  it('names the rule that keeps pods apart, together or spread', () => {
    const selector = { matchLabels: { app: 'web' }, matchExpressions: [] };
    const zone = 'topology.kubernetes.io/zone';
    const spec = aPodSpec({
      affinity: [
        { kind: 'apart', topologyKey: 'kubernetes.io/hostname', selector },
        { kind: 'together', topologyKey: zone, selector: { ...selector, matchLabels: { app: 'cache' } } },
      ],
      spread: [{ topologyKey: zone, maxSkew: 1, selector }],
    });
    const explain = (
      reason: string,
      pod = aPendingPod(`0/2 nodes are available: 2 node(s) ${reason}.`, { spec }),
    ) => diagnoseViews(pod).causes[0]?.explanation;
    expect(explain("didn't match pod anti-affinity rules")).toContain(
      'it must not run beside pods app=web on the same kubernetes.io/hostname',
    );
    expect(explain("didn't match pod affinity rules")).toContain(
      'it must run beside pods app=cache on the same',
    );
    expect(explain("didn't match pod topology spread constraints")).toContain(
      `pods app=web may differ by 1 between any two ${zone}`,
    );
  });

  it('compares the request with the largest node and says that none could ever take it', () => {
    const pod = aPendingPod('0/2 nodes are available: 2 Insufficient cpu.', {
      containers: [aContainer({ ready: false, state: waiting(''), requests: { cpu: '16' } })],
    });
    const [cause] = diagnoseViews(
      pod,
      aNode('worker-1'),
      aNode('worker-2', { allocatable: { cpu: '8' } }),
    ).causes;
    expect(cause?.explanation).toBe(
      'No node takes the pod: 2 of 2 Insufficient cpu; it requests 16 of cpu, more than any node has: the largest has 8.',
    );
    expect(cause?.proposals[0]?.label).toBe('Lower the cpu request to less than 8');
  });

  it.each([
    [
      'a pod that has waited for some seconds',
      aPendingPod('0/1 nodes are available: 1 Insufficient cpu.', { createdAt: SNAPSHOT_TIME - 5_000 }),
    ],
    [
      'a pod that somebody holds back',
      aPendingPod('', {
        createdAt: SNAPSHOT_TIME - 600_000,
        conditions: [aCondition('PodScheduled', 'False', { reason: 'SchedulingGated' })],
      }),
    ],
  ])('stays silent about %s', (_what, pod) => {
    expect(codes(pod)).toEqual([]);
  });
});

describe('probe analyzers', () => {
  const probes = {
    readiness: 'GET :8080/ready every 10 s',
    liveness: 'GET :8080/live every 10 s',
    startup: 'GET :8080/up every 5 s',
  };
  const notReady = aPod({
    containers: [aContainer({ ready: false, probes: { readiness: probes.readiness } })],
  });

  it('names a failing readiness probe with its words', () => {
    const event = anEvent(
      notReady,
      'Unhealthy',
      'Readiness probe failed: HTTP probe failed with statuscode: 503',
    );
    const [cause] = diagnoseViews(notReady, event).causes;
    expect(cause?.root.code).toBe('CHK-POD-151');
    expect(cause?.explanation).toContain('statuscode: 503');
    expect(cause?.confidence).toBe('high');
  });

  it('is less sure of a readiness failure that no event shows', () => {
    expect(diagnoseViews(notReady).causes[0]?.confidence).toBe('medium');
  });

  it('names restarts by a liveness probe, not the exit code that they cause', () => {
    const container = aContainer({
      ready: false,
      restartCount: 5,
      probes,
      state: waiting('CrashLoopBackOff'),
      lastState: terminated(137),
    });
    const pod = aPod({ containers: [container] });
    const kill = anEvent(pod, 'Killing', 'Container app failed liveness probe, will be restarted', {
      type: 'Normal',
    });
    const { causes } = diagnoseViews(pod, kill);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-POD-152']);
    expect(causes[0]?.consequences.map((finding) => finding.code)).toEqual(['CHK-POD-103']);
  });

  it('names restarts by a startup probe', () => {
    const container = aContainer({
      ready: false,
      restartCount: 3,
      probes,
      state: running(40_000),
      lastState: terminated(137),
    });
    const pod = aPod({ containers: [container] });
    const kill = anEvent(pod, 'Killing', 'Container app failed startup probe, will be restarted', {
      type: 'Normal',
    });
    const failed = anEvent(pod, 'Unhealthy', 'Startup probe failed: connection refused');
    expect(codes(pod, kill, failed)).toEqual(['CHK-POD-153']);
  });

  it('blames the memory limit, not the liveness probe, for a container that ran out of memory', () => {
    const container = aContainer({
      ready: false,
      restartCount: 5,
      probes,
      state: waiting('CrashLoopBackOff'),
      lastState: terminated(137, { reason: 'OOMKilled' }),
    });
    const pod = aPod({ containers: [container] });
    const kill = anEvent(pod, 'Killing', 'Container app failed liveness probe, will be restarted');
    expect(codes(pod, kill)).toEqual(['CHK-POD-111']);
  });

  it('proposes a restart only where siblings of the same revision are ready', () => {
    const stuck: Partial<PodView> = {
      containers: [aContainer({ ready: false, probes, state: running(7_200_000) })],
    };
    const some = aDeployed('checkout', [{ revision: 1, pods: [stuck, {}, {}] }]);
    const all = aDeployed('checkout', [{ revision: 1, pods: [stuck, stuck, stuck] }]);
    const operationsOf = (views: readonly AnyView[]) =>
      diagnoseViews(...views).causes.flatMap((cause) =>
        cause.proposals.map((proposal) => proposal.operation?.kind),
      );
    expect(operationsOf(some.views)).toEqual(['restart', undefined]);
    expect(operationsOf(all.views)).toEqual([undefined]);
  });

  it.each<[string, readonly AnyView[]]>([
    [
      'a container that has been warming up for seconds',
      [aPod({ containers: [aContainer({ ready: false, probes, state: running(10_000) })] })],
    ],
    ['a container without a readiness probe', [aPod({ containers: [aContainer({ ready: false })] })]],
    [
      'a readiness failure of a pod that is ready again',
      [aPod(), anEvent(aPod(), 'Unhealthy', 'Readiness probe failed: 503')],
    ],
    [
      'one liveness kill after which it is ready',
      [
        aPod({ containers: [aContainer({ restartCount: 1, probes })] }),
        anEvent(aPod(), 'Killing', 'Container app failed liveness probe, will be restarted'),
      ],
    ],
    [
      'liveness kills of an hour ago',
      [
        aPod({ containers: [aContainer({ restartCount: 7, probes })] }),
        anEvent(aPod(), 'Killing', 'Container app failed liveness probe, will be restarted', {
          lastSeen: SNAPSHOT_TIME - 3_600_000,
        }),
      ],
    ],
    [
      'an event about an earlier pod of the same name',
      [
        aPod({ containers: [aContainer({ restartCount: 7, probes })] }),
        anEvent(
          { ...aPod(), uid: 'gone' },
          'Killing',
          'Container app failed liveness probe, will be restarted',
        ),
      ],
    ],
  ])('stays silent about %s', (_what, views) => {
    expect(codes(...views)).toEqual([]);
  });
});
