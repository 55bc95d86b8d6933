import type { PortWrappers } from '@jamie/standalone';
import { afterAll, beforeAll } from '@jest/globals';
import { SlackWorld } from './slack-world.ts';
import { Deployments, type TestCluster } from './test-cluster.ts';

/** Two people who may change things, one who may only look or not even that. */
export interface SafeLoopPeople {
  readonly requester: { readonly user: string; readonly groups: readonly string[] };
  readonly approver: { readonly user: string; readonly groups: readonly string[] };
  readonly stranger: { readonly user: string; readonly groups: readonly string[] };
}

export interface SafeLoopSubject {
  readonly mode: 'socket' | 'http';
  readonly cluster: TestCluster;
  readonly people: SafeLoopPeople;
  /** More of the program's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly wrap?: PortWrappers;
}

/** So many ready pods beside those under test that no change of these is a large share of the namespace. */
const BALLAST = 12;

/** The Slack ids of requester, approver, stranger, and of somebody whom the principals file does not name. */
export const ADA = 'UADA';
export const BOB = 'UBOB';
export const EVE = 'UEVE';
export const NOBODY = 'UNOBODY';

/** One world for the tests of one file: started before the first, ended after the last. */
export function createWorldOf(subject: () => SafeLoopSubject | Promise<SafeLoopSubject>): () => LoopWorld {
  let world: LoopWorld | undefined;
  beforeAll(async () => {
    const { mode, cluster, people, environment, wrap } = await subject();
    const slack = new SlackWorld({
      mode,
      cluster,
      local: people.requester,
      ...(environment !== undefined && { environment }),
      ...(wrap !== undefined && { wrap }),
      people: [
        { slackId: ADA, name: 'Ada', kubernetes: people.requester },
        { slackId: BOB, name: 'Bob', kubernetes: people.approver },
        { slackId: EVE, name: 'Eve', kubernetes: people.stranger },
        { slackId: NOBODY, name: 'Nobody' },
      ],
    });
    const deployments = new Deployments(cluster);
    await deployments.create('ballast', BALLAST);
    await slack.start();
    world = { slack, cluster, deployments, people };
  }, 60_000);
  afterAll(async () => {
    await world?.slack.end();
  }, 60_000);
  return () => {
    if (world === undefined) throw new Error('the world is there inside tests only');
    return world;
  };
}

export interface LoopWorld {
  readonly slack: SlackWorld;
  readonly cluster: TestCluster;
  readonly deployments: Deployments;
  readonly people: SafeLoopPeople;
}
