import type { BlastRadius } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OperationFacts, PlannedEffect } from './operation-facts.ts';
import { assessRisk } from './risk.ts';

const quiet: BlastRadius = { podsAffected: 0, namespaceReadyPods: 40, share: 0, services: [] };

const REQUESTER = {
  id: 'slack:T1:U1',
  displayName: 'Ada',
  kubernetes: { user: 'ada', groups: [] },
  source: 'slack' as const,
};

type Overrides = Partial<PlannedEffect & Pick<OperationFacts, 'environment' | 'blastRadius' | 'managers'>>;

function facts({ environment, blastRadius, managers, ...effect }: Overrides): OperationFacts {
  return {
    cluster: 'prod-eu',
    environment: environment ?? 'production',
    requester: REQUESTER,
    effects: [
      {
        operation: 'scale',
        target: { kind: 'Deployment', namespace: 'shop', name: 'cart' },
        currentReplicas: 3,
        wantedReplicas: 5,
        readyReplicas: 3,
        images: [],
        ...effect,
      },
    ],
    blastRadius: blastRadius ?? quiet,
    managers: managers ?? [],
    isWayBack: false,
    now: 0,
  };
}

const replaced = (pods: number, services: readonly string[] = []): BlastRadius => ({
  podsAffected: pods,
  namespaceReadyPods: 40,
  share: pods / 40,
  services,
});

describe('assessRisk', () => {
  it.each([
    ['scaling up to twice', facts({ wantedReplicas: 6 }), 'low'],
    ['scaling up more than twice', facts({ wantedReplicas: 7 }), 'medium'],
    ['scaling up from nothing', facts({ currentReplicas: 0, wantedReplicas: 1 }), 'medium'],
    ['scaling down', facts({ wantedReplicas: 2, blastRadius: replaced(1) }), 'medium'],
    ['scaling to zero', facts({ wantedReplicas: 0, blastRadius: replaced(3) }), 'high'],
    ['a manifest with no replicas', facts({ operation: 'apply', wantedReplicas: 0 }), 'high'],
    [
      'a manifest of what runs nothing',
      facts({ operation: 'apply', currentReplicas: 0, wantedReplicas: 0 }),
      'medium',
    ],
    [
      'restarting with two ready',
      facts({ operation: 'restart', readyReplicas: 2, blastRadius: replaced(2) }),
      'low',
    ],
    [
      'restarting with one ready',
      facts({ operation: 'restart', readyReplicas: 1, blastRadius: replaced(2) }),
      'medium',
    ],
    ['rolling back', facts({ operation: 'rollback', blastRadius: replaced(3) }), 'medium'],
    [
      'taking a quarter of the ready pods',
      facts({ operation: 'restart', blastRadius: replaced(10) }),
      'high',
    ],
    [
      'restarting the only pod behind a Service',
      facts({
        operation: 'restart',
        currentReplicas: 1,
        readyReplicas: 1,
        blastRadius: replaced(1, ['web']),
      }),
      'high',
    ],
    [
      'restarting the only pod behind a Service, which is not ready',
      facts({
        operation: 'restart',
        currentReplicas: 1,
        readyReplicas: 0,
        blastRadius: { ...replaced(1, ['web']), share: 0 },
      }),
      'medium',
    ],
    [
      'restarting the only pod behind no Service',
      facts({ operation: 'restart', currentReplicas: 1, readyReplicas: 1, blastRadius: replaced(1) }),
      'medium',
    ],
  ] as const)('rates %s', (_name, given, tier) => {
    expect(assessRisk(given).tier).toBe(tier);
  });

  it.each([
    ['low', facts({}), { approvals: 1, requesterCounts: true }],
    ['medium in production', facts({ operation: 'rollback' }), { approvals: 1, requesterCounts: false }],
    [
      'medium elsewhere',
      facts({ operation: 'rollback', environment: 'staging' }),
      { approvals: 1, requesterCounts: true },
    ],
    [
      'high anywhere',
      facts({ wantedReplicas: 0, environment: 'development' }),
      { approvals: 2, requesterCounts: false },
    ],
    [
      'high on the demo cluster',
      facts({ wantedReplicas: 0, environment: 'demo' }),
      { approvals: 1, requesterCounts: true },
    ],
  ] as const)('asks for the quorum of %s risk', (_name, given, quorum) => {
    expect(assessRisk(given).quorum).toEqual(quorum);
  });

  it('expires and watches by tier', () => {
    const minutes = (given: OperationFacts) => {
      const risk = assessRisk(given);
      return [risk.expiresAfterMs / 60_000, risk.watchMs / 60_000];
    };
    expect(minutes(facts({}))).toEqual([15, 2]);
    expect(minutes(facts({ operation: 'rollback' }))).toEqual([15, 5]);
    expect(minutes(facts({ wantedReplicas: 0 }))).toEqual([30, 10]);
  });

  it('gives a reason for every tier and never loosens outside the demo cluster', () => {
    const count = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(
        fc.constantFrom('scale' as const, 'restart' as const, 'rollback' as const),
        fc.constantFrom('production' as const, 'staging' as const, 'development' as const),
        count,
        count,
        count,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (operation, environment, currentReplicas, wantedReplicas, readyReplicas, share) => {
          const blastRadius = {
            podsAffected: share > 0 ? 1 : 0,
            namespaceReadyPods: 10,
            share,
            services: [],
          };
          const risk = assessRisk(
            facts({ operation, environment, currentReplicas, wantedReplicas, readyReplicas, blastRadius }),
          );
          expect(risk.reasons.length).toBeGreaterThan(0);
          if (share >= 0.25) expect(risk.tier).toBe('high');
          if (risk.tier === 'high') expect(risk.quorum).toEqual({ approvals: 2, requesterCounts: false });
        },
      ),
    );
  });
});
