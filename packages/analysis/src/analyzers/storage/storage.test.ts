import {
  type AnyView,
  aClaim,
  aCondition,
  aCronJob,
  anEvent,
  aPendingPod,
  aPod,
  aSnapshot,
  aStorageClass,
  aVolume,
  aWorkload,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

const MINUTE_MS = 60_000;
const NAMESPACE = { kind: 'namespace', namespace: 'shop' } as const;

function causesOf(views: readonly AnyView[], lint = false) {
  return diagnose(aSnapshot().with(views).build(), lint ? { kind: 'cluster' } : NAMESPACE, { lint }).causes;
}

function codes(views: readonly AnyView[], lint = false): readonly string[] {
  return causesOf(views, lint)
    .map((cause) => cause.root.code)
    .filter((code) => code.startsWith('CHK-STO'));
}

const unbound = { phase: 'Pending', volumeName: '', capacity: '' };
const pending = (more = {}) => aClaim('data', { ...unbound, ...more });
const waiting = (name = 'db-0', more = {}) =>
  aPendingPod('0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.', {
    name,
    claims: ['data'],
    ...more,
  });
const failure = (message: string) => anEvent(pending(), 'ProvisioningFailed', message);

describe('a claim without a volume', () => {
  it.each<[string, string, readonly AnyView[]]>([
    [
      'CHK-STO-1001',
      'its class does not exist',
      [pending({ storageClass: 'fast' }), aStorageClass('standard')],
    ],
    [
      'CHK-STO-1002',
      'it names no class and none is the default',
      [aClaimWithoutClass(), aStorageClass('standard', { isDefault: false })],
    ],
    [
      'CHK-STO-1003',
      'its provisioner says no',
      [
        pending(),
        aStorageClass('standard', { waitsForConsumer: true }),
        failure('quota of 10 disks reached'),
      ],
    ],
    ['CHK-STO-1004', 'it asks for one without a class', [pending({ storageClass: '' })]],
    [
      'CHK-STO-1004',
      'its class makes none',
      [pending(), aStorageClass('standard', { provisioner: 'kubernetes.io/no-provisioner' })],
    ],
    ['CHK-STO-1005', 'its provisioner is silent', [pending(), aStorageClass('standard')]],
  ])('is told as %s where %s', (code, _why, views) => {
    expect(codes(views)).toEqual([code]);
    const [cause] = causesOf([...views, waiting(), waiting('db-1')]);
    expect(cause?.root).toMatchObject({ code, severity: 'critical', subject: { name: 'data' } });
    expect(cause?.consequences.map((each) => each.code)).toContain('CHK-POD-144');
    expect(cause?.explanation).toContain('2 pods');
  });

  it('is one cause with every other claim that lacks the same class', () => {
    const other = aClaim('logs', { ...unbound, storageClass: 'fast' });
    expect(causesOf([pending({ storageClass: 'fast' }), other])).toHaveLength(1);
  });

  it.each<[string, readonly AnyView[]]>([
    [
      'waits in peace for its first consumer',
      [pending(), aStorageClass('standard', { waitsForConsumer: true })],
    ],
    ['was made a moment ago', [pending({ createdAt: SNAPSHOT_TIME - 5_000, storageClass: 'fast' })]],
    [
      'has been provisioned for less than two minutes',
      [pending({ createdAt: SNAPSHOT_TIME - MINUTE_MS }), aStorageClass('standard')],
    ],
    [
      'takes the default class',
      [aClaimWithoutClass(), aStorageClass('standard', { waitsForConsumer: true })],
    ],
    ['is bound', [aClaim('data', { storageClass: 'gone' })]],
    ['is being deleted', [pending({ storageClass: 'fast', deletingSince: SNAPSHOT_TIME - 1 })]],
  ])('is not told where it %s', (_what, views) => {
    expect(codes(views)).toEqual([]);
  });

  it('cannot be told without the classes, unless the provisioner names the one that is missing', () => {
    const told = (...views: readonly AnyView[]) =>
      diagnose(aSnapshot().with(views).unread('StorageClass').build(), NAMESPACE).causes.map(
        ({ root }) => root.code,
      );
    expect(told(pending({ storageClass: 'fast' }))).toEqual([]);
    const words = 'storageclass.storage.k8s.io "fast" not found';
    expect(told(pending({ storageClass: 'fast' }), failure(words))).toEqual(['CHK-STO-1001']);
  });
});

function aClaimWithoutClass(): AnyView {
  const { storageClass: _, ...claim } = pending();
  return claim;
}

describe('a claim that is lost', () => {
  it('is told with the pods that wait, and a bound one is not', () => {
    const [cause] = causesOf([aClaim('data', { phase: 'Lost' }), waiting()]);
    expect(cause?.root).toMatchObject({ code: 'CHK-STO-1006', severity: 'critical' });
    expect(codes([aClaim('data'), aPod({ claims: ['data'] })])).toEqual([]);
  });
});

describe('a claim that pods name', () => {
  it('is told where it does not exist, as the cause of what the scheduler says', () => {
    const causes = causesOf([waiting()]);
    expect(causes.map(({ root }) => root.code)).toEqual(['CHK-STO-1007']);
    expect(causes[0]?.explanation).toContain('PersistentVolumeClaim data does not exist in namespace shop');
  });

  it.each<[string, readonly AnyView[]]>([
    ['exists', [waiting(), aClaim('data')]],
    ['belongs to a pod that runs', [aPod({ claims: ['data'] })]],
    ['belongs to a pod made a moment ago', [waiting('db-0', { createdAt: SNAPSHOT_TIME - 2_000 })]],
  ])('is not told where it %s', (_what, views) => {
    expect(codes(views)).toEqual([]);
  });

  it('cannot be told to be missing where claims were not read', () => {
    const snapshot = aSnapshot().with(waiting()).unread('PersistentVolumeClaim').build();
    expect(diagnose(snapshot, NAMESPACE).causes.map(({ root }) => root.code)).toEqual(['CHK-POD-144']);
  });
});

describe('a volume that stays away', () => {
  const starting = (name = 'web-0') =>
    aPod({
      name,
      phase: 'Pending',
      claims: ['data'],
      containers: [],
      conditions: [aCondition('PodScheduled', 'True'), aCondition('Ready', 'False')],
    });
  const IN_USE = 'Multi-Attach error for volume "pv-data" Volume is already used by pod(s) web-7';

  it.each([
    ['CHK-STO-1008', 'FailedAttachVolume', IN_USE],
    [
      'CHK-STO-1009',
      'FailedAttachVolume',
      'AttachVolume.Attach failed for volume "pv-data" : rpc error: disk not found',
    ],
    [
      'CHK-STO-1010',
      'FailedMount',
      'MountVolume.SetUp failed for volume "pv-data" : driver name csi.example not found',
    ],
  ])('is told as %s of all pods that wait for it', (code, reason, message) => {
    const pods = [starting(), starting('web-1')];
    const causes = causesOf([...pods, ...pods.map((pod) => anEvent(pod, reason, message)), aClaim('data')]);
    expect(causes.map(({ root }) => root.code)).toEqual([code]);
    expect(causes[0]?.explanation).toContain('pv-data');
  });

  it('is told by what the attachment says, not by the mount that times out after it', () => {
    const pod = starting();
    const late =
      'Unable to attach or mount volumes: unmounted volumes=[a]: timed out waiting for the condition';
    const views = [
      pod,
      anEvent(pod, 'FailedMount', late),
      anEvent(pod, 'FailedAttachVolume', IN_USE),
      aClaim('data'),
    ];
    expect(codes(views)).toEqual(['CHK-STO-1008']);
  });

  it.each<[string, AnyView, string]>([
    [
      'a ConfigMap is what lacks',
      starting(),
      'MountVolume.SetUp failed for volume "c" : configmap "settings" not found',
    ],
    ['the pod runs by now', aPod({ claims: ['data'] }), IN_USE],
  ])('is not told where %s', (_what, pod, message) => {
    const event = anEvent(pod, message === IN_USE ? 'FailedAttachVolume' : 'FailedMount', message);
    expect(codes([pod, event, aClaim('data')])).toEqual([]);
  });

  it('is not told of an event of long ago', () => {
    const pod = starting();
    const event = anEvent(pod, 'FailedAttachVolume', IN_USE, { lastSeen: SNAPSHOT_TIME - 20 * MINUTE_MS });
    expect(codes([pod, event, aClaim('data')])).toEqual([]);
  });
});

describe('the claim template of a StatefulSet', () => {
  const set = (storageClass: string) =>
    aWorkload('StatefulSet', 'db', { claimTemplates: [{ name: 'data', storageClass }], replicas: 1 });
  const claim = aClaim('data-db-0', { ...unbound, storageClass: 'fast' });

  it('is told where its class is missing, below the claim that waits for it', () => {
    expect(codes([set('fast'), aStorageClass('standard')])).toEqual(['CHK-STO-1011']);
    const [cause, ...others] = causesOf([set('fast'), claim, aStorageClass('standard')]);
    expect(others).toEqual([]);
    expect(cause?.root.code).toBe('CHK-STO-1001');
    expect(cause?.consequences.map(({ code }) => code)).toEqual(['CHK-STO-1011']);
  });

  it('is not told where its class exists or the classes were not read', () => {
    expect(codes([set('standard'), aStorageClass('standard')])).toEqual([]);
    const unread = aSnapshot().with(set('fast')).unread('StorageClass').build();
    expect(diagnose(unread, NAMESPACE).causes).toEqual([]);
  });
});

describe('a claim that grows', () => {
  const grown = { requested: '20Gi' };
  const condition = (type: string, agoMs = 30 * MINUTE_MS) =>
    aCondition(type, 'True', { message: 'it waits', since: SNAPSHOT_TIME - agoMs });

  it('is told where the storage refuses, by condition or event', () => {
    expect(codes([aClaim('data', { ...grown, conditions: [condition('ControllerResizeError')] })])).toEqual([
      'CHK-STO-1012',
    ]);
    const claim = aClaim('data', grown);
    expect(codes([claim, anEvent(claim, 'VolumeResizeFailed', 'no expansion')])).toEqual(['CHK-STO-1012']);
  });

  it('is told where it waits for its pod to start again', () => {
    const claim = aClaim('data', { ...grown, conditions: [condition('FileSystemResizePending')] });
    const [cause] = causesOf([claim, aPod({ name: 'db-0', claims: ['data'] })]);
    expect(cause?.root.code).toBe('CHK-STO-1013');
    expect(cause?.explanation).toContain('db-0');
  });

  it('is not told while it has only begun, or once it is done', () => {
    const begun = condition('FileSystemResizePending', MINUTE_MS);
    expect(codes([aClaim('data', { ...grown, conditions: [begun] })])).toEqual([]);
    expect(codes([aClaim('data', { ...grown, conditions: [condition('Resizing')] })])).toEqual([]);
    const done = aClaim('data');
    expect(codes([done, anEvent(done, 'VolumeResizeFailed', 'busy')])).toEqual([]);
  });
});

describe('storage in bad order', () => {
  it('tells of a volume that could not be reclaimed without being asked for hygiene', () => {
    const volume = aVolume('data', { phase: 'Failed', message: 'disk is in use' });
    expect(diagnose(aSnapshot().with(volume).build(), { kind: 'cluster' }).causes[0]?.root.code).toBe(
      'CHK-STO-1014',
    );
  });

  const { claim: _, ...free } = aVolume('x', { phase: 'Available' });
  const older = aStorageClass('older', { createdAt: 1 });

  it.each<[string, readonly AnyView[]]>([
    ['CHK-STO-1015', [aVolume('data', { phase: 'Released' })]],
    ['CHK-STO-1016', [free]],
    ['CHK-STO-1017', [{ ...free, phase: 'Pending' }]],
    ['CHK-STO-1018', [aStorageClass('old', { provisioner: 'kubernetes.io/aws-ebs' })]],
    ['CHK-STO-1019', [aStorageClass('newer'), older]],
    ['CHK-STO-1020', [aClaim('data', { requested: '10Mi' }), aPod({ claims: ['data'] })]],
    ['CHK-STO-1021', [aClaim('data')]],
  ])('tells %s only when hygiene is asked for', (code, views) => {
    expect(codes(views, true)).toEqual([code]);
    expect(codes(views)).toEqual([]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['a volume in use', [aVolume('data'), aClaim('data'), aPod({ claims: ['data'] })]],
    ['a volume made today', [{ ...free, createdAt: SNAPSHOT_TIME - 60 * MINUTE_MS }]],
    ['a class that makes nothing', [aStorageClass('local', { provisioner: 'kubernetes.io/no-provisioner' })]],
    ['one default class of two', [aStorageClass('a'), aStorageClass('b', { isDefault: false })]],
    [
      'the claim of a StatefulSet that is scaled down',
      [
        aClaim('data-db-4'),
        aWorkload('StatefulSet', 'db', { replicas: 0, claimTemplates: [{ name: 'data' }] }),
      ],
    ],
    [
      'the claim of a CronJob between its runs',
      [aClaim('data'), aCronJob('nightly', { template: { ...aCronJob('x').template, claims: ['data'] } })],
    ],
    ['the claim of an ephemeral volume', [aClaim('p-tmp', { owner: { kind: 'Pod', name: 'p', uid: 'u' } })]],
  ])('does not tell of %s', (_what, views) => {
    expect(codes(views, true)).toEqual([]);
  });
});
