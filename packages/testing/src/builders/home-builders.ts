import type { HomeCluster, HomePlan, HomeSummary, PlanCard, PlanId } from '@jamie/core';
import { SNAPSHOT_TIME } from './snapshot-builder.ts';

/** The card of a plan that waits for an approval. */
export function aPlanCard(changes: Partial<PlanCard> = {}): PlanCard {
  return {
    planId: 'p-00000001' as PlanId,
    planHash: 'hash',
    headline: 'Scale Deployment checkout 3 → 5 in payments on demo',
    status: 'awaiting_approval',
    tier: 'low',
    statusLine: 'Waiting for one approval.',
    facts: [{ label: 'Risk', value: 'low: scales up' }],
    diff: '-  replicas: 3\n+  replicas: 5',
    warnings: [],
    votes: [],
    actions: ['approve', 'deny'],
    ...changes,
  };
}

/** A plan of somebody else's that waits, as it stands on a person's page. */
export function aHomePlan(changes: Partial<HomePlan> = {}): HomePlan {
  return {
    card: aPlanCard(),
    cluster: 'demo',
    askedBy: 'Grace',
    askedAt: SNAPSHOT_TIME,
    expiresAt: SNAPSHOT_TIME + 900_000,
    ...changes,
  };
}

/** A cluster that answers, with nothing open on it. */
export function aHomeCluster(changes: Partial<HomeCluster> = {}): HomeCluster {
  return {
    name: 'demo',
    environment: 'demo',
    state: 'reachable',
    detail: 'v1.36.3',
    findings: [],
    moreFindings: 0,
    unchecked: [],
    ...changes,
  };
}

/** A page of somebody for whom there is nothing to do. */
export function aHomeSummary(changes: Partial<HomeSummary> = {}): HomeSummary {
  return {
    at: SNAPSHOT_TIME,
    waiting: [],
    moreWaiting: 0,
    own: [],
    moreOwn: 0,
    clusters: [],
    checks: 'Everything that is configured answers.',
    defaults: {},
    unread: [],
    ...changes,
  };
}
