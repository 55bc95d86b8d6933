import type { ContainerSpecView, WorkloadView } from '@jamie/core';
import {
  type AnyView,
  aContainerSpec,
  aCronJob,
  aJob,
  aLimitRange,
  aPod,
  aPodSpec,
  aWorkload,
  podOf,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import type { Analyzer } from '../define-analyzer.ts';
import { observationsOf, subjectsOf } from '../observations.fixture.ts';
import { latestImage } from './latest-image.ts';
import { noCpuLimit } from './no-cpu-limit.ts';
import { noLimits } from './no-limits.ts';
import { noLivenessProbe } from './no-liveness-probe.ts';
import { noProbes } from './no-probes.ts';
import { noReadinessProbe } from './no-readiness-probe.ts';
import { noResources } from './no-resources.ts';
import { numericProbePort } from './numeric-probe-port.ts';
import { unnamedPort } from './unnamed-port.ts';
import { untaggedImage } from './untagged-image.ts';

const PROBE = {
  port: 'http',
  periodSeconds: 10,
  timeoutSeconds: 1,
  initialDelaySeconds: 0,
  failureThreshold: 3,
};

function deploymentOf(...containers: readonly Partial<ContainerSpecView>[]): WorkloadView {
  const spec = aPodSpec({ containers: containers.map((more) => aContainerSpec(more)) });
  return aWorkload('Deployment', 'checkout', { template: { labels: {}, spec, claims: [] } });
}

describe('container hygiene', () => {
  it.each<[Analyzer, Partial<ContainerSpecView>, string]>([
    [untaggedImage, { image: 'nginx' }, 'nginx'],
    [untaggedImage, { image: 'registry.example:5000/shop/app' }, 'registry.example:5000/shop/app'],
    [
      latestImage,
      { image: 'registry.example:5000/shop/app:latest' },
      'registry.example:5000/shop/app:latest',
    ],
    [noProbes, { probes: {} }, 'none'],
    [noLivenessProbe, { probes: { readiness: PROBE } }, 'not set'],
    [noReadinessProbe, { probes: { liveness: PROBE } }, 'not set'],
    [
      numericProbePort,
      { probes: { readiness: { ...PROBE, port: '8080' }, liveness: PROBE } },
      'readiness probe on port 8080',
    ],
    [noResources, { requests: {}, limits: {} }, 'no requests and no limits'],
    [noLimits, { limits: {} }, 'none'],
    [noLimits, { limits: { cpu: '1' } }, 'cpu=1'],
    [noCpuLimit, { limits: { memory: '1Gi' } }, 'memory=1Gi'],
    [unnamedPort, { ports: [{ name: '', port: 8080, protocol: 'TCP' }] }, '8080/TCP'],
  ])('$code fires', (analyzer, container, says) => {
    const [fault, ...others] = observationsOf(analyzer, deploymentOf(container));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      code: analyzer.code,
      severity: 'info',
      pods: [],
      templateMayCauseIt: false,
    });
    expect(fault?.evidence.map(({ text }) => text)).toEqual([says]);
    expect(fault?.summary).toMatch(/^container app /);
    expect(fault?.explanation).toMatch(/^Container app of Deployment checkout .+: .+\.$/);
    expect(analyzer.lint).toBe(true);
  });

  it.each<[Analyzer, string, readonly AnyView[]]>([
    [untaggedImage, 'a tag', [deploymentOf({ image: 'nginx:1.27' })]],
    [untaggedImage, 'a digest', [deploymentOf({ image: 'nginx@sha256:aa' })]],
    [latestImage, 'a tag that begins alike', [deploymentOf({ image: 'nginx:latest-1' })]],
    [latestImage, 'latest with a digest', [deploymentOf({ image: 'nginx:latest@sha256:aa' })]],
    [noProbes, 'a startup probe alone', [deploymentOf({ probes: { startup: PROBE } })]],
    [noProbes, 'an init container', [deploymentOf({ isInit: true, probes: {} })]],
    [noLivenessProbe, 'no probe at all', [deploymentOf({ probes: {} })]],
    [noReadinessProbe, 'no probe at all', [deploymentOf({ probes: {} })]],
    [
      numericProbePort,
      'a probe by command',
      [deploymentOf({ probes: { readiness: { ...PROBE, port: '' } } })],
    ],
    [noResources, 'requests alone', [deploymentOf({ limits: {} })]],
    [noLimits, 'neither requests nor limits', [deploymentOf({ requests: {}, limits: {} })]],
    [noLimits, 'a memory limit alone', [deploymentOf({ limits: { memory: '1Gi' } })]],
    [noCpuLimit, 'a CPU limit', [deploymentOf({ limits: { cpu: '1' } })]],
    [noCpuLimit, 'neither requests nor limits', [deploymentOf({ requests: {}, limits: {} })]],
    [unnamedPort, 'no port', [deploymentOf({ ports: [] })]],
  ])('$code stays silent about %s', (analyzer, _what, views) => {
    expect(subjectsOf(analyzer, ...views)).toEqual([]);
  });

  it('leaves requests and limits to a LimitRange that fills them in', () => {
    const amounts = { cpu: '100m', memory: '128Mi' };
    const range = aLimitRange('defaults', [
      { type: 'Container', min: {}, max: {}, defaultLimits: amounts, defaultRequests: amounts },
    ]);
    const bare = deploymentOf({ requests: {}, limits: {} });
    const unbounded = deploymentOf({ limits: {} });
    expect(subjectsOf(noResources, bare, range)).toEqual([]);
    expect(subjectsOf(noLimits, unbounded, range)).toEqual([]);
    expect(subjectsOf(noResources, bare, { ...range, namespace: 'web' })).toEqual(['Deployment checkout']);
  });

  it('tells of all containers of a template at once, and of a template once', () => {
    const [fault, ...others] = observationsOf(
      untaggedImage,
      deploymentOf({ name: 'app', image: 'nginx' }, { name: 'proxy', image: 'envoy' }),
    );
    expect(others).toEqual([]);
    expect(fault?.summary).toBe('containers app and proxy name their images without a tag');
    expect(fault?.evidence[0]?.text).toBe('app: nginx; proxy: envoy');
  });
});

describe('pod templates', () => {
  const spec = aPodSpec({ containers: [aContainerSpec({ image: 'nginx' })] });

  it('are named by the CronJob or Job that made the pods, once for all of its runs', () => {
    const cron = aCronJob('report', { template: { labels: {}, spec, claims: [] } });
    const jobs = ['report-1', 'report-2'].map((name) =>
      aJob(name, { owner: { kind: 'CronJob', name: cron.name, uid: cron.uid } }),
    );
    const pods = jobs.map((job) =>
      aPod({ name: `${job.name}-x`, owner: { kind: 'Job', name: job.name, uid: job.uid }, spec }),
    );
    expect(subjectsOf(untaggedImage, cron, ...jobs, ...pods)).toEqual(['CronJob report']);
    expect(subjectsOf(untaggedImage, ...jobs, ...pods)).toEqual(['Job report-1', 'Job report-2']);
  });

  it('of pods that nothing made are their own, and those of static pods are left out', () => {
    const bare = aPod({ name: 'shell', spec });
    const fixed = aPod({
      name: 'etcd',
      spec,
      owner: { kind: 'Node', name: 'worker-1', uid: 'uid--worker-1' },
    });
    expect(subjectsOf(untaggedImage, bare, fixed)).toEqual(['Pod shell']);
  });

  it('of Jobs need no probe', () => {
    const job = aJob('migrate');
    const unprobed = aPodSpec({ containers: [aContainerSpec({ probes: {} })], restartPolicy: 'OnFailure' });
    const pod = aPod({
      name: 'migrate-x',
      owner: { kind: 'Job', name: job.name, uid: job.uid },
      spec: unprobed,
    });
    expect(subjectsOf(noProbes, job, pod)).toEqual([]);
  });

  it('of workloads are told of once, however many pods they have', () => {
    const workload = deploymentOf({ image: 'nginx' });
    const pods = [0, 1, 2].map((index) => podOf(workload, index, { spec }));
    expect(subjectsOf(untaggedImage, workload, ...pods)).toEqual(['Deployment checkout']);
  });

  it('that are being deleted are nobody’s concern', () => {
    expect(subjectsOf(untaggedImage, { ...deploymentOf({ image: 'nginx' }), deletingSince: 1 })).toEqual([]);
  });
});
