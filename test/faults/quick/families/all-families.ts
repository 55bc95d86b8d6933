import type { Family } from '../family.ts';
import { blindVerification } from './blind-verification.ts';
import { failingApi } from './failing-api.ts';
import { awayRedis, lostRedis } from './failing-redis.ts';
import { failingRollback } from './failing-rollback.ts';
import { failingStore } from './failing-store.ts';
import { fightingManagers } from './fighting-managers.ts';
import { movedObjects } from './moved-objects.ts';
import { racingVotes } from './racing-votes.ts';
import { deathOfAll, randomDeaths } from './random-deaths.ts';
import { setClocks } from './set-clocks.ts';
import { silentWatches } from './silent-watches.ts';
import { splitBrain } from './split-brain.ts';
import { blockedLoops, zombies } from './stopped-workers.ts';
import { voidApprovals } from './void-approvals.ts';

/** Every family of quick trials. */
export const FAMILIES: readonly Family[] = [
  randomDeaths,
  deathOfAll,
  blockedLoops,
  zombies,
  lostRedis,
  awayRedis,
  failingStore,
  failingApi,
  silentWatches,
  movedObjects,
  racingVotes,
  voidApprovals,
  setClocks,
  blindVerification,
  failingRollback,
  fightingManagers,
  splitBrain,
];
