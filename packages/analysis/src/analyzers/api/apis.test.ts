import type { Diagnosis } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aCrashingContainer,
  aDeployed,
  anApiService,
  aService,
  aSnapshot,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

const METRICS = 'v1beta1.metrics.k8s.io';

function diagnoseViews(...views: readonly AnyView[]): Diagnosis {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
}

function unavailable(name: string, sinceMs = 300_000) {
  const condition = aCondition('Available', 'False', {
    reason: 'MissingEndpoints',
    message: 'endpoints for service/api in "system" have no addresses',
    since: SNAPSHOT_TIME - sinceMs,
  });
  return anApiService(name, { conditions: [condition] });
}

describe('an aggregated API that is not available', () => {
  it('says why, and what stands still because of it', () => {
    const { causes } = diagnoseViews(unavailable(METRICS));
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-API-1301']);
    expect(causes[0]?.explanation).toContain('has not been available for 5 min');
    expect(causes[0]?.explanation).toContain('Autoscalers that scale by it stand still');
  });

  it('is one cause for every version that the same Service serves', () => {
    expect(
      diagnoseViews(unavailable('v1.things.example'), unavailable('v2.things.example')).causes,
    ).toHaveLength(1);
  });

  it('stands below the crash of what serves it', () => {
    const service = aService('api', { namespace: 'system' });
    const crashing = aDeployed('api', [{ revision: 1, pods: [{ containers: [aCrashingContainer(1)] }] }], {
      namespace: 'system',
    });
    const { causes } = diagnoseViews(unavailable(METRICS), service, ...crashing.views);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-POD-101']);
    expect(causes[0]?.consequences.map(({ code }) => code)).toContain('CHK-API-1301');
  });

  it.each<[string, AnyView]>([
    ['an API that is available', anApiService(METRICS)],
    ['an API that has just gone', unavailable(METRICS, 5_000)],
    ['an API on its way out', { ...unavailable(METRICS), deletingSince: SNAPSHOT_TIME }],
    ['an API of which nothing is known yet', anApiService(METRICS, { conditions: [] })],
  ])('is not seen in %s', (_what, api) => {
    expect(diagnoseViews(api).causes).toEqual([]);
  });
});

describe('a cluster without a metrics server', () => {
  const lint = (...views: readonly AnyView[]) =>
    diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }, { lint: true }).causes.map(
      (cause) => cause.root.code,
    );

  it('is named when hygiene is asked for', () => {
    expect(lint(anApiService('v1.apps'))).toEqual(['CHK-API-1302']);
    expect(diagnoseViews(anApiService('v1.apps')).causes).toEqual([]);
  });

  it('is not what an API server that lists no API has', () => {
    expect(lint()).toEqual([]);
  });

  it('is not one that has another program in its place', () => {
    expect(lint(anApiService('v1.apps'), anApiService('v1beta1.custom.metrics.k8s.io'))).toEqual([]);
  });
});
