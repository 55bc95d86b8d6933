import { HEALTHY } from './estate/healthy.ts';
import { SYSTEM_NAMESPACE_STEPS, TEAM_NAMESPACE_STEPS } from './estate/namespaces.ts';
import { nodeSteps } from './estate/nodes.ts';
import type { Scenario } from './scenario.ts';
import { CART_ROLLOUT } from './scenarios/cart-rollout.ts';
import { CHECKOUT_CRASH } from './scenarios/checkout-crash.ts';
import { FEATURE_FLAGS_SELECTOR } from './scenarios/feature-flags-selector.ts';
import { FRAUD_CHECK_PROBE } from './scenarios/fraud-check-probe.ts';
import { LOST_ON_RESTART } from './scenarios/lost-on-restart.ts';
import { NOTIFICATIONS_WORKER_CONFIG } from './scenarios/notifications-worker-config.ts';
import { PROMOTIONS_IMAGE } from './scenarios/promotions-image.ts';
import { REPORT_BUILDER_CPU } from './scenarios/report-builder-cpu.ts';
import { SEARCH_INDEXER_MEMORY } from './scenarios/search-indexer-memory.ts';
import { STREAM_AGGREGATOR_QUOTA } from './scenarios/stream-aggregator-quota.ts';
import { WAREHOUSE_SYNC } from './scenarios/warehouse-sync.ts';
import { playHistory, type SeedTools } from './seeder.ts';

const SCENARIOS: readonly Scenario[] = [
  HEALTHY,
  CHECKOUT_CRASH,
  SEARCH_INDEXER_MEMORY,
  PROMOTIONS_IMAGE,
  NOTIFICATIONS_WORKER_CONFIG,
  REPORT_BUILDER_CPU,
  FRAUD_CHECK_PROBE,
  FEATURE_FLAGS_SELECTOR,
  CART_ROLLOUT,
  STREAM_AGGREGATOR_QUOTA,
  LOST_ON_RESTART,
  WAREHOUSE_SYNC,
];

/** Fills a new cluster: nodes and system namespaces, and for `company` the teams with their workloads and faults. */
export function plantCompany(tools: SeedTools & { readonly content: 'company' | 'empty' }): void {
  const now = tools.time.now();
  const scenarios = tools.content === 'company' ? SCENARIOS : [];
  for (const { images } of scenarios) {
    for (const [name, program] of Object.entries(images)) tools.catalog.add(name, program);
  }
  const steps = [
    ...nodeSteps(now),
    ...SYSTEM_NAMESPACE_STEPS,
    ...(tools.content === 'company' ? TEAM_NAMESPACE_STEPS : []),
    ...scenarios.flatMap((scenario) => scenario.steps),
  ];
  playHistory(tools, steps, now);
}
