import type { EventView, PodView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aContainer,
  aContainerSpec,
  aDeployed,
  anEvent,
  aPodSpec,
  aService,
  aSnapshot,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';
import { buildSnapshotIndex } from '../../snapshot/snapshot-index.ts';
import type { Analyzer } from '../define-analyzer.ts';
import { endpointFlapping } from './endpoint-flapping.ts';
import { externalNameDangling } from './external-name-dangling.ts';
import { loadBalancerCost } from './load-balancer-cost.ts';
import { loadBalancerHops } from './load-balancer-hops.ts';
import { loadBalancerPending } from './load-balancer-pending.ts';
import { nodePort } from './node-port.ts';
import { nodePortLocal } from './node-port-local.ts';
import { numericTargetPort } from './numeric-target-port.ts';
import { portsUnchecked } from './ports-unchecked.ts';
import { serviceWarningEvents } from './service-warning-events.ts';
import { singleEndpoint } from './single-endpoint.ts';
import { targetPortMissing } from './target-port-missing.ts';
import { targetPortUndeclared } from './target-port-undeclared.ts';

const MINUTE_MS = 60_000;

function found(analyzer: Analyzer, ...views: readonly (AnyView | readonly AnyView[])[]): readonly string[] {
  return analyzer
    .analyze(
      buildSnapshotIndex(
        aSnapshot()
          .with(...views)
          .build(),
      ),
    )
    .map(({ subject, severity, summary }) => `${severity} ${subject.kind} ${subject.name}: ${summary}`);
}

const declares = (...ports: readonly { name: string; port: number; protocol: string }[]) => ({
  spec: aPodSpec({ containers: [aContainerSpec({ ports })] }),
});
const WEB = declares({ name: 'web', port: 8080, protocol: 'TCP' });
const pods = (...plans: readonly object[]) => aDeployed('checkout', [{ revision: 1, pods: plans }]).views;
const sendsTo = (targetPort: string, protocol = 'TCP') =>
  aService('checkout', { ports: [{ name: 'http', port: 80, targetPort, protocol }] });

describe('a target port that is named', () => {
  it('is a fault when no pod has that name, and the names that there are get told', () => {
    const views = [sendsTo('http'), ...pods(WEB, WEB)];
    expect(found(targetPortMissing, views)).toEqual([
      'critical Service checkout: port http sends to a port named http (TCP), which none of its pods has',
    ]);
    const [cause] = diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }).causes;
    expect(cause?.root.code).toBe('CHK-SVC-203');
    expect(cause?.explanation).toContain('they name web (TCP)');
  });

  it('is a fault when the pod has it for another protocol', () => {
    expect(found(targetPortMissing, sendsTo('web', 'UDP'), pods(WEB))).toHaveLength(1);
  });

  it('warns when some pods lack it', () => {
    const other = declares({ name: 'http', port: 8080, protocol: 'TCP' });
    expect(found(targetPortMissing, sendsTo('http'), pods(WEB, other))).toEqual([
      'warning Service checkout: port http sends to a port named http (TCP), which some of its pods lack',
    ]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['is there', [sendsTo('web'), ...pods(WEB)]],
    ['is a number', [sendsTo('9090'), ...pods(WEB)]],
    ['belongs to a headless Service', [{ ...sendsTo('http'), clusterIp: 'None' }, ...pods(WEB)]],
    ['belongs to a Service without pods', [sendsTo('http')]],
    ['only a finished pod lacks', [sendsTo('http'), ...pods({ ...WEB, phase: 'Succeeded' })]],
  ])('is no fault when it %s', (_what, views) => {
    const silent = views.filter(({ kind }) => kind !== 'Deployment' && kind !== 'ReplicaSet');
    expect(found(targetPortMissing, silent)).toEqual([]);
  });
});

describe('hygiene of Services', () => {
  const lone = aService('checkout');
  it.each<[string, Analyzer, readonly AnyView[], string]>([
    [
      'a number that nobody declares',
      targetPortUndeclared,
      [sendsTo('9090'), ...pods(WEB)],
      'sends to 9090 (TCP)',
    ],
    ['containers without ports', portsUnchecked, [lone, ...pods(declares())], 'declares a port'],
    ['a number where there is a name', numericTargetPort, [lone, ...pods(WEB)], 'has the name web'],
    ['a load balancer of its own', loadBalancerCost, [aService('a', { type: 'LoadBalancer' })], 'charge'],
    ['a port on every node', nodePort, [aService('a', { type: 'NodePort' })], 'every node'],
    [
      'a load balancer by way of any node',
      loadBalancerHops,
      [aService('a', { type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' })],
      'any node',
    ],
    [
      'a NodePort on some nodes',
      nodePortLocal,
      [aService('a', { type: 'NodePort', externalTrafficPolicy: 'Local' })],
      'only on the nodes',
    ],
    ['a single pod', singleEndpoint, [lone, ...pods(WEB)], 'one pod stands behind it'],
  ])('tells of %s, and only when asked', (_what, analyzer, views, text) => {
    expect(analyzer.lint).toBe(true);
    const [finding, ...more] = found(analyzer, views);
    expect(finding).toMatch(/^info /);
    expect(finding).toContain(text);
    expect(more).toEqual([]);
  });

  it.each<[string, Analyzer, readonly AnyView[]]>([
    ['a number that is declared', targetPortUndeclared, [lone, ...pods(WEB)]],
    ['a number beside containers that declare nothing', targetPortUndeclared, [lone, ...pods(declares())]],
    ['containers with ports', portsUnchecked, [lone, ...pods(WEB)]],
    ['a target port by name', numericTargetPort, [sendsTo('web'), ...pods(WEB)]],
    [
      'a number without a name',
      numericTargetPort,
      [lone, ...pods(declares({ name: '', port: 8080, protocol: 'TCP' }))],
    ],
    ['a ClusterIP', loadBalancerCost, [lone]],
    ['a load balancer, which needs its NodePort', nodePort, [aService('a', { type: 'LoadBalancer' })]],
    [
      'a load balancer that keeps the address of the client',
      loadBalancerHops,
      [aService('a', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })],
    ],
    [
      'a NodePort on every node',
      nodePortLocal,
      [aService('a', { type: 'NodePort', externalTrafficPolicy: 'Cluster' })],
    ],
    ['two pods', singleEndpoint, [lone, ...pods(WEB, WEB)]],
  ])('is silent about %s', (_what, analyzer, views) => {
    expect(found(analyzer, views)).toEqual([]);
  });
});

describe('a load balancer', () => {
  const pending = aService('edge', { type: 'LoadBalancer' });

  it('without an address is a fault, and what its controller says is told', () => {
    const event = anEvent(pending, 'SyncLoadBalancerFailed', 'Error syncing load balancer: quota exceeded');
    expect(found(loadBalancerPending, pending)).toEqual([
      'warning Service edge: has had no address for 24 h',
    ]);
    const { causes } = diagnose(aSnapshot().with([pending, event]).build(), { kind: 'object', ref: pending });
    const seen = causes.find(({ root }) => root.code === 'CHK-SVC-212');
    expect(seen?.root.evidence.map(({ text }) => text)).toContain(
      'Error syncing load balancer: quota exceeded (5 times)',
    );
    expect(seen?.consequences.map(({ code }) => code)).toEqual(['CHK-SVC-214']);
  });

  it.each<[string, readonly AnyView[]]>([
    ['has an address', [{ ...pending, addresses: 1 }]],
    ['is young', [{ ...pending, createdAt: SNAPSHOT_TIME - 2 * MINUTE_MS }]],
    ['goes', [{ ...pending, deletingSince: SNAPSHOT_TIME - 1_000 }]],
    [
      'is being made',
      [
        pending,
        anEvent(pending, 'EnsuringLoadBalancer', 'Ensuring load balancer', {
          type: 'Normal',
          firstSeen: SNAPSHOT_TIME - MINUTE_MS,
        }),
      ],
    ],
    ['is none', [aService('edge')]],
  ])('is no fault when it %s', (_what, views) => {
    expect(found(loadBalancerPending, views)).toEqual([]);
  });
});

describe('an ExternalName', () => {
  const alias = (externalName: string) =>
    aService('db', { type: 'ExternalName', selector: {}, externalName });

  it.each([
    'postgres.data.svc.cluster.local',
    'postgres.data.svc',
    'Postgres.Data.svc.cluster.local.',
    'postgres-0.postgres.data.svc.cluster.local',
  ])('is a fault when it stands for a Service that is not there: %s', (name) => {
    expect(found(externalNameDangling, alias(name))).toEqual([
      'warning Service db: stands for Service postgres in data, which does not exist',
    ]);
  });

  it.each(['db.example.com', 'postgres.data.svc.example.com', 'postgres', '', 'svc.cluster.local'])(
    'is no fault when it names a host elsewhere: %s',
    (name) => expect(found(externalNameDangling, alias(name))).toEqual([]),
  );

  it('is no fault when the Service is there', () => {
    const there = aService('postgres', { namespace: 'data' });
    expect(found(externalNameDangling, alias('postgres.data.svc'), there)).toEqual([]);
  });
});

describe('events of a Service', () => {
  const service = aService('checkout');

  it('tell that a controller keeps failing', () => {
    const event = anEvent(service, 'FailedToUpdateEndpointSlices', 'etcd leader changed');
    expect(found(serviceWarningEvents, service, event)).toEqual([
      'warning Service checkout: a controller has failed over it 5 times: FailedToUpdateEndpointSlices',
    ]);
  });

  it.each<[string, AnyView]>([
    [
      'writes that met',
      anEvent(service, 'FailedToUpdateEndpoint', 'the object has been modified; please apply'),
    ],
    ['a single try', anEvent(service, 'FailedToUpdateEndpoint', 'x', { count: 1 })],
    ['the past', anEvent(service, 'X', 'x', { lastSeen: SNAPSHOT_TIME - 20 * MINUTE_MS })],
    ['what is normal', anEvent(service, 'EnsuredLoadBalancer', 'x', { type: 'Normal' })],
  ])('are silent about %s', (_what, event) => {
    expect(found(serviceWarningEvents, service, event)).toEqual([]);
  });
});

describe('a pod that is ready and unready in turn', () => {
  const since = SNAPSHOT_TIME - MINUTE_MS;
  const FLAPPING = { conditions: [aCondition('Ready', 'True', { since })] };
  function probed(
    pod: Partial<PodView>,
    event: Partial<EventView> = {},
    message = 'Readiness probe failed: timeout',
  ) {
    const deployed = aDeployed('checkout', [{ revision: 1, pods: [pod] }]);
    const [first] = deployed.pods;
    const events = first === undefined ? [] : [anEvent(first, 'Unhealthy', message, { count: 12, ...event })];
    return [aService('checkout'), ...deployed.views, ...events];
  }

  it('takes endpoints from its Service', () => {
    expect(found(endpointFlapping, probed(FLAPPING))).toEqual([
      expect.stringMatching(
        /^warning Deployment checkout: its pod checkout-\S+ becomes ready and unready in turn$/,
      ),
    ]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['it has been ready for long', probed({})],
    ['it failed a few times', probed(FLAPPING, { count: 3 })],
    ['it failed long ago', probed(FLAPPING, { lastSeen: SNAPSHOT_TIME - 20 * MINUTE_MS })],
    ['its liveness fails', probed(FLAPPING, {}, 'Liveness probe failed: timeout')],
    ['it has begun to start', probed({ ...FLAPPING, createdAt: SNAPSHOT_TIME - 3 * MINUTE_MS })],
    ['its container restarts', probed({ ...FLAPPING, containers: [aContainer({ restartCount: 2 })] })],
    ['no Service sends to it', probed(FLAPPING).filter(({ kind }) => kind !== 'Service')],
  ])('is none when %s', (_what, views) => {
    expect(found(endpointFlapping, views)).toEqual([]);
  });
});
