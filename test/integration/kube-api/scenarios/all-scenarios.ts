import type { Scenario } from '../exchange.ts';
import { access } from './access.ts';
import { serverSideApply } from './apply.ts';
import { deployments, stuckRollout } from './deployments.ts';
import { discovery } from './discovery.ts';
import { eviction } from './eviction.ts';
import { lists } from './lists.ts';
import { logs } from './logs.ts';
import { quota } from './quota.ts';
import { scale } from './scale.ts';
import { validation } from './validation.ts';
import { watches } from './watches.ts';
import { writes } from './writes.ts';

/** The contract between our adapter and whatever serves the Kubernetes API. */
export const SCENARIOS: readonly Scenario[] = [
  discovery,
  lists,
  watches,
  writes,
  deployments,
  stuckRollout,
  scale,
  logs,
  eviction,
  access,
  validation,
  quota,
  serverSideApply,
];
