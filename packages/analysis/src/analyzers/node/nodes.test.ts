import type { Diagnosis, NodeView, PodView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aContainer,
  aContainerSpec,
  aDeployed,
  aNode,
  anEvent,
  aPendingPod,
  aPod,
  aPodSpec,
  aSnapshot,
  aWorkload,
  podOf,
  SNAPSHOT_TIME,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

const MINUTE_MS = 60_000;
const UNREACHABLE = { key: 'node.kubernetes.io/unreachable', value: '', effect: 'NoExecute' };

function diagnoseViews(...views: readonly AnyView[]): Diagnosis {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
}

function codes(...views: readonly AnyView[]): readonly string[] {
  return diagnoseViews(...views).causes.map((cause) => cause.root.code);
}

function notReady(message: string, more: Partial<NodeView> = {}): NodeView {
  const since = SNAPSHOT_TIME - 5 * MINUTE_MS;
  const ready = aCondition('Ready', 'False', { reason: 'KubeletNotReady', message, since });
  return aNode('worker-1', { conditions: [ready], ...more });
}

function withCondition(
  type: string,
  status: 'True' | 'False' | 'Unknown',
  more: Parameters<typeof aCondition>[2] = {},
): NodeView {
  return aNode('worker-1', {
    conditions: [aCondition('Ready', 'True'), aCondition(type, status, { message: 'words', ...more })],
  });
}

describe('a node that is lost', () => {
  const lost: Partial<PodView> = {
    conditions: [aCondition('Ready', 'False', { since: SNAPSHOT_TIME - 4 * MINUTE_MS })],
  };
  const unheard = aNode('worker-1', {
    taints: [UNREACHABLE],
    conditions: [
      aCondition('Ready', 'Unknown', { reason: 'NodeStatusUnknown', since: SNAPSHOT_TIME - 5 * MINUTE_MS }),
    ],
  });

  it('is one cause, with what its pods lack as consequences', () => {
    const { views } = aDeployed('checkout', [{ revision: 1, pods: [lost, lost] }]);
    const { causes } = diagnoseViews(unheard, aNode('worker-2'), ...views);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-NODE-503']);
    expect(causes[0]?.consequences.map((finding) => finding.code)).toEqual(['CHK-NODE-501', 'CHK-WKL-303']);
    expect(causes[0]?.explanation).toContain('has not been heard for 5 min');
    expect(causes[0]?.explanation).toContain('2 pods on it are not ready');
    expect(causes[0]?.proposals[0]?.operation).toEqual({
      kind: 'cordon',
      target: { kind: 'Node', name: 'worker-1' },
    });
  });

  it('is not offered to be cordoned twice', () => {
    const { causes } = diagnoseViews({ ...unheard, unschedulable: true });
    expect(causes[0]?.proposals.flatMap(({ operation }) => operation ?? [])).toEqual([]);
  });

  it.each<[string, NodeView]>([
    ['a taint that outlives the outage', aNode('worker-1', { taints: [UNREACHABLE] })],
    ['a node that is being deleted', { ...unheard, deletingSince: SNAPSHOT_TIME - MINUTE_MS }],
    [
      'a kubelet that has just gone silent',
      {
        ...unheard,
        conditions: [aCondition('Ready', 'Unknown', { since: SNAPSHOT_TIME - 5_000 })],
      },
    ],
  ])('is not seen in %s', (_what, node) => {
    expect(codes(node)).toEqual([]);
  });
});

describe('what a kubelet says of itself', () => {
  it.each([
    ['[container runtime is down, PLEG is not healthy: pleg was last seen active 4m0s ago]', 'CHK-NODE-507'],
    [
      'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      'CHK-NODE-508',
    ],
    ['kubelet is posting that it is shutting down', 'CHK-NODE-501'],
  ])('"%s" is %s, once', (message, code) => {
    expect(codes(notReady(message))).toEqual([code]);
  });

  it('is nothing while the node starts', () => {
    const ready = aCondition('Ready', 'False', {
      message: 'container runtime is down',
      since: SNAPSHOT_TIME - 5_000,
    });
    expect(codes(aNode('worker-1', { conditions: [ready] }))).toEqual([]);
  });
});

describe('the conditions of a node', () => {
  it.each<[string, 'True' | 'False' | 'Unknown', string]>([
    ['NetworkUnavailable', 'True', 'CHK-NODE-504'],
    ['MemoryPressure', 'Unknown', 'CHK-NODE-505'],
    ['ReadonlyFilesystem', 'True', 'CHK-NODE-506'],
    ['StorageReady', 'False', 'CHK-NODE-506'],
    ['OutOfDisk', 'True', 'CHK-NODE-502'],
  ])('tell by %s %s: %s', (type, status, code) => {
    expect(codes(withCondition(type, status))).toEqual([code]);
  });

  it.each<[string, 'True' | 'False' | 'Unknown']>([
    ['NetworkUnavailable', 'False'],
    ['ReadonlyFilesystem', 'False'],
    ['StorageReady', 'True'],
    ['EtcdIsVoter', 'True'],
  ])('are in order with %s %s', (type, status) => {
    expect(codes(withCondition(type, status))).toEqual([]);
  });

  it('are not unknown one by one when the node is not heard at all', () => {
    const conditions = [aCondition('Ready', 'Unknown'), aCondition('DiskPressure', 'Unknown')];
    expect(codes(aNode('worker-1', { conditions }))).toEqual(['CHK-NODE-501']);
  });
});

describe('the events of a node', () => {
  const node = aNode('worker-1');

  it.each([
    [
      'FreeDiskSpaceFailed',
      'Failed to garbage collect required amount of images: freed 0 bytes',
      'CHK-NODE-510',
    ],
    ['SystemOOM', 'System OOM encountered, victim process: java, pid: 4711', 'CHK-NODE-511'],
  ])('tell by %s what its conditions do not', (reason, message, code) => {
    const byKubelet = { ...node, uid: node.name };
    expect(codes(node, anEvent(byKubelet, reason, message))).toEqual([code]);
  });

  it.each<[string, AnyView]>([
    [
      'every start of a kubelet',
      anEvent(node, 'InvalidDiskCapacity', 'invalid capacity 0 on image filesystem'),
    ],
    ['one failure to free room', anEvent(node, 'ImageGCFailed', 'failed to free disk space', { count: 1 })],
    [
      'what is long over',
      anEvent(node, 'SystemOOM', 'System OOM encountered', { lastSeen: SNAPSHOT_TIME - 90 * MINUTE_MS }),
    ],
    ['a reboot that nobody asks about', anEvent(node, 'Rebooted', 'Node worker-1 has been rebooted')],
  ])('are no fault by %s', (_what, event) => {
    expect(codes(node, event)).toEqual([]);
  });
});

describe('a storage driver that is not registered', () => {
  const words =
    'MountVolume.MountDevice failed for volume "data": kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name ebs.csi.aws.com not found in the list of registered CSI drivers';
  const stuck: Partial<PodView> = {
    phase: 'Pending',
    containers: [aContainer({ ready: false, state: waiting('ContainerCreating') })],
  };
  const { views, pods } = aDeployed('checkout', [{ revision: 1, pods: [stuck, stuck] }]);
  const mounts = pods.map((pod) => anEvent(pod, 'FailedMount', words));

  it('is a fault of the node, once for all of its pods', () => {
    const { causes } = diagnoseViews(aNode('worker-1'), ...views, ...mounts);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-NODE-509']);
    expect(causes[0]?.root.subject).toEqual({ kind: 'Node', name: 'worker-1' });
    expect(causes[0]?.explanation).toContain('ebs.csi.aws.com is not registered on node worker-1: 2 pods');
  });

  it('is over when the pods are ready', () => {
    const ready = pods.map((pod) => ({ ...pod, conditions: [aCondition('Ready', 'True')] }));
    expect(codes(aNode('worker-1'), ...ready, ...mounts)).not.toContain('CHK-NODE-509');
  });

  it('is not what another mount fails by', () => {
    const found = codes(
      aNode('worker-1'),
      ...views,
      ...pods.map((pod) => anEvent(pod, 'FailedMount', 'MountVolume.SetUp failed: configmap "x" not found')),
    );
    expect(found).not.toContain('CHK-NODE-509');
  });
});

describe('the room of a cluster', () => {
  const pod = (index: number, requests: Readonly<Record<string, string>>, more: Partial<PodView> = {}) =>
    podOf(aWorkload('StatefulSet', 'db'), index, { containers: [aContainer({ requests })], ...more });
  const two = [aNode('worker-1'), aNode('worker-2')];

  it('runs out by pods before it does by CPU', () => {
    const small = aNode('worker-1', { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } });
    const ten = Array.from({ length: 10 }, (_, index) => pod(index, {}));
    expect(codes(small, ...ten)).toEqual(['CHK-NODE-512']);
    expect(codes(small, ...ten.slice(1))).toEqual([]);
    expect(codes(small, ...ten.slice(1), { ...pod(9, {}), phase: 'Succeeded' })).toEqual([]);
  });

  it.each([
    ['cpu', '5', 'CHK-NODE-513', 'Pods request 5 CPU'],
    ['memory', '9Gi', 'CHK-NODE-514', 'only 8Gi would remain'],
  ])('does not bear the loss of a node by %s', (resource, amount, code, words) => {
    const views = [...two, pod(0, { [resource]: amount })];
    expect(codes(...views)).toEqual([]);
    const { causes } = diagnose(
      aSnapshot()
        .with(...views)
        .build(),
      { kind: 'cluster' },
      { lint: true },
    );
    const told = causes.find((cause) => cause.root.code === code);
    expect(told?.explanation).toContain(words);
  });

  it.each<[string, readonly AnyView[]]>([
    ['requests that fit on what remains', [...two, pod(0, { cpu: '4', memory: '8Gi' })]],
    ['a single node', [aNode('worker-1'), pod(0, { cpu: '5' })]],
    ['pods that are done', [...two, pod(0, { cpu: '5' }, { phase: 'Succeeded' })]],
    [
      'init containers',
      [...two, pod(0, {}, { containers: [aContainer({ isInit: true, requests: { cpu: '5' } })] })],
    ],
  ])('is enough with %s', (_what, views) => {
    expect(codes(...views)).toEqual([]);
  });
});

describe('the versions of the kubelets', () => {
  const of = (name: string, kubeletVersion: string) => aNode(name, { kubeletVersion });

  it('lie too far apart for any API server', () => {
    const { causes } = diagnoseViews(of('a', 'v1.32.9'), of('b', 'v1.36.1'), of('c', 'v1.31.2'));
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-NODE-515']);
    expect(causes[0]?.consequences.map((finding) => finding.subject.name)).toHaveLength(1);
  });

  it.each([
    ['three minor versions apart', ['v1.33.4', 'v1.36.1']],
    ['that nobody can read', ['', 'fake']],
  ])('are no fault %s', (_what, versions) => {
    expect(codes(...versions.map((version, index) => of(`worker-${index}`, version)))).toEqual([]);
  });
});

describe('an autoscaler that adds no node', () => {
  const full = '0/1 nodes are available: 1 Insufficient cpu.';
  const { phase, nodeName, conditions, containers } = aPendingPod(full);
  const { views, pods } = aDeployed('checkout', [
    { revision: 1, pods: [{}, { phase, nodeName, conditions, containers }] },
  ]);
  const waitingPod = pods[1] ?? aPod();
  const says = (message: string, reason = 'NotTriggerScaleUp') =>
    diagnoseViews(aNode('worker-1'), ...views, anEvent(waitingPod, reason, message, { type: 'Normal' }));

  it.each([
    [
      "pod didn't trigger scale-up: 1 max node group size reached, 1 Insufficient memory",
      'NotTriggerScaleUp',
    ],
    ['all available instance types exceed limits for nodepool: "default"', 'FailedScheduling'],
  ])('has reached its maximum: %s', (message, reason) => {
    const { causes } = says(message, reason);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-NODE-517']);
    expect(causes[0]?.consequences.map((finding) => finding.code)).toContain('CHK-POD-141');
    expect(causes[0]?.proposals.flatMap(({ operation }) => operation?.kind ?? [])).toEqual(['scale']);
  });

  it('was refused one by the cloud', () => {
    const { causes } = says("pod didn't trigger scale-up: 1 in backoff after failed scale-up");
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-NODE-519']);
  });

  it('is a consequence where no new node would do', () => {
    const { causes } = says(
      "pod didn't trigger scale-up (it wouldn't fit if a new node is added): 1 Insufficient cpu",
    );
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-POD-141']);
    expect(causes[0]?.consequences.map((finding) => finding.code)).toContain('CHK-NODE-518');
  });

  it('is not blamed for what the scheduler itself says', () => {
    const { causes } = says(full, 'FailedScheduling');
    const found = causes.flatMap((cause) => [cause.root, ...cause.consequences].map(({ code }) => code));
    expect(found.filter((code) => code.startsWith('CHK-NODE-'))).toEqual([]);
  });

  it('is not heard of once the pod has a node', () => {
    const event = anEvent(aPod(), 'NotTriggerScaleUp', 'max node group size reached');
    expect(codes(aNode('worker-1'), aPod(), event)).toEqual([]);
  });
});

describe('hygiene of nodes', () => {
  const lint = (...views: readonly AnyView[]) => {
    const { causes } = diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }, { lint: true });
    return causes.map((cause) => cause.root.code).filter((code) => code.startsWith('CHK-NODE-'));
  };
  const gpu = aNode('worker-1', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] });
  const tolerating = (
    key: string,
    more: { operator?: 'Equal' | 'Exists'; value?: string; effect?: string },
  ) =>
    aPod({
      spec: aPodSpec({
        containers: [aContainerSpec()],
        tolerations: [{ key, operator: 'Equal', value: '', effect: '', ...more }],
      }),
    });

  it.each<[string, readonly AnyView[], string]>([
    ['a taint that no pod tolerates', [gpu, aPod()], 'CHK-NODE-520'],
    ['a taint tolerated with another value', [gpu, tolerating('gpu', { value: 'no' })], 'CHK-NODE-520'],
    ['a cordoned node', [aNode('worker-1', { unschedulable: true })], 'CHK-NODE-521'],
    [
      'a single node of the control plane',
      [aNode('one', { labels: { 'node-role.kubernetes.io/control-plane': '' } }), aNode('two')],
      'CHK-NODE-522',
    ],
    [
      'a reboot',
      [aNode('worker-1'), anEvent(aNode('worker-1'), 'Rebooted', 'Node worker-1 has been rebooted')],
      'CHK-NODE-524',
    ],
    [
      'a release that gets no patches any more',
      [aNode('a', { kubeletVersion: 'v1.29.4' }), aNode('b', { kubeletVersion: 'v1.29.9' })],
      'CHK-NODE-525',
    ],
    [
      'an upgrade that is not done',
      [aNode('a', { kubeletVersion: 'v1.35.2' }), aNode('b', { kubeletVersion: 'v1.36.1' })],
      'CHK-NODE-516',
    ],
  ])('names %s, and only when it is asked for', (_what, views, code) => {
    expect(lint(...views)).toEqual([code]);
    expect(codes(...views)).toEqual([]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['a taint that a pod tolerates by value', [gpu, tolerating('gpu', { value: 'yes' })]],
    ['a taint that a pod tolerates whatever its value', [gpu, tolerating('gpu', { operator: 'Exists' })]],
    ['a pod that tolerates everything', [gpu, tolerating('', { operator: 'Exists' })]],
    [
      'a taint of Kubernetes itself',
      [aNode('worker-1', { taints: [{ ...UNREACHABLE, effect: 'NoSchedule' }] })],
    ],
    ['a release that may still get patches', [aNode('a', { kubeletVersion: 'v1.32.1' })]],
    ['a cluster of one node', [aNode('one', { labels: { 'node-role.kubernetes.io/control-plane': '' } })]],
    ['patch releases of one version', [aNode('a', { kubeletVersion: 'v1.36.2' }), aNode('b')]],
  ])('finds nothing in %s', (_what, views) => {
    expect(lint(...views)).toEqual([]);
  });
});
