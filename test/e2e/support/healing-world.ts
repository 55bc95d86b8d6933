import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HealingCase } from '@jamie/core';
import { createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { ADA, type SafeLoopPeople } from '../../support/loop-world.ts';
import { SlackWorld } from '../../support/slack-world.ts';
import { Deployments, type TestCluster } from '../../support/test-cluster.ts';

/** What people wait for before anything is tried: a minute of the fault, ten after the change that began it. */
export const LATER_MS = 12 * 60_000;
const WITHIN_MS = 45_000;
const POLL_MS = 100;
const GOOD_IMAGE = 'registry.example/shop/web:1.0.0';

export interface HealingSubject {
  readonly cluster: TestCluster;
  readonly people: SafeLoopPeople;
  readonly selfHealing: { readonly user?: string; readonly groups: readonly string[] };
  readonly level: 'suggest' | 'act';
}

/** The whole program with a policy that lets Deployments be rolled back by itself, and a channel that is told. */
export class HealingWorld {
  readonly slack: SlackWorld;
  readonly deployments: Deployments;
  readonly channel: string;
  readonly #directory = createTemporaryDirectory();
  readonly #logger = new RecordingLogger();

  constructor({ cluster, people, selfHealing, level }: HealingSubject) {
    const policy = join(this.#directory.path, 'policy.yaml');
    this.slack = new SlackWorld({
      mode: 'socket',
      cluster,
      selfHealing,
      createLogger: () => this.#logger,
      people: [{ slackId: ADA, name: 'Ada', kubernetes: people.requester }],
      environment: { POLICY_FILE: policy },
    });
    this.deployments = new Deployments(cluster);
    this.channel = this.slack.newChannel();
    const { teamId } = this.slack.slack.workspace;
    const autonomy = {
      namespaces: [cluster.namespace],
      level,
      remediations: ['roll-back'],
      attempts: 1,
      reportTo: [`slack:${teamId}:${this.channel}`],
    };
    writeFileSync(policy, JSON.stringify({ version: 1, name: 'healing', autonomy: [autonomy] }));
  }

  /** A Deployment that was well, and the image of whose newest revision is not there: the pods before it stay. */
  async deployAndBreak(name: string): Promise<void> {
    await this.deployments.create(name, 3);
    await this.breakIt(name, 'missing-2');
  }

  async breakIt(name: string, tag: string): Promise<void> {
    await this.#setImage(name, `registry.example/shop/web:${tag}`);
  }

  async mend(name: string): Promise<void> {
    await this.#setImage(name, GOOD_IMAGE);
  }

  #setImage(name: string, image: string): Promise<void> {
    const template = { spec: { containers: [{ name: 'web', image }] } };
    return this.deployments.patch(name, { spec: { template } });
  }

  /** Ends the program and starts it on the same data, so much later than it is. */
  async restart(aheadMs: number): Promise<void> {
    await this.slack.stopProgram();
    await this.slack.startProgram(aheadMs);
  }

  /** Waits until the one case there is has come so far. */
  async untilCase(isSo: (healingCase: HealingCase) => boolean): Promise<HealingCase> {
    const deadline = Date.now() + WITHIN_MS;
    for (;;) {
      const found = this.#readCase();
      if (found !== undefined && isSo(found)) return found;
      if (Date.now() > deadline) {
        const logged = this.#logger.entries.filter(({ level }) => level === 'warn' || level === 'error');
        throw new Error(`the case stayed ${JSON.stringify(found)}; the log says ${JSON.stringify(logged)}`);
      }
      await sleep(POLL_MS);
    }
  }

  #readCase(): HealingCase | undefined {
    const database = new DatabaseSync(join(this.slack.dataDirectory, 'jamie.db'), { readOnly: true });
    try {
      const row = database.prepare('SELECT record FROM healing_cases ORDER BY last_seen_at DESC').get();
      return row === undefined ? undefined : (JSON.parse(String(row['record'])) as HealingCase);
    } finally {
      database.close();
    }
  }

  async end(): Promise<void> {
    await this.slack.end();
    this.#directory.remove();
  }
}
