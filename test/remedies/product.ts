import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal, type PlanRecord } from '@jamie/core';
import { createTemporaryDirectory, type EmulatedMessage, type TemporaryDirectory } from '@jamie/testing';
import { buttonsOf, planIdOf, SlackWorld, textOf } from '../support/slack-world.ts';
import type { RemedyCluster } from './bench.ts';

const REQUESTER = 'UADA';
const APPROVERS = ['UBOB', 'UCID'] as const;
/** The last line of every diagnosis. */
const DIAGNOSED = /Checked \d+ objects on/;
const ANSWERED = /Checked \d+ objects on|I found nothing called|Which one\?/;
/** A card says where its plan is; a refusal, what cannot be. */
const CARD_OR_REFUSAL = /\*Status:\*|can't|cannot|may not|not let|refus|nothing/i;
/** What a card says of an object that somebody else keeps. An approver who reads it says no. */
const OWNED = /Argo ?CD|Flux|Helm/i;
const POLL_MS = 200;
const PLAN_WITHIN_MS = 120_000;
/** A second approval is asked for where the tier wants one; until then nothing moves. */
const SECOND_AFTER_MS = 4_000;

/** What became of the first proposal. */
export type Treatment =
  | { readonly kind: 'nothing_proposed'; readonly said: string }
  | { readonly kind: 'refused'; readonly label: string; readonly said: string }
  | { readonly kind: 'declined'; readonly label: string }
  | { readonly kind: 'ended'; readonly label: string; readonly status: string; readonly said: string };

/** The product as three people use it, through Slack: one asks, two approve. */
export class Product {
  readonly #slack: SlackWorld;
  readonly #directory: TemporaryDirectory;

  private constructor(slack: SlackWorld, directory: TemporaryDirectory) {
    this.#slack = slack;
    this.#directory = directory;
  }

  /** In the namespaces of `autonomous` the team lets bad releases be taken back without anybody. */
  static async start(cluster: RemedyCluster, autonomous: readonly string[]): Promise<Product> {
    const [ada, bob, cid] = cluster.people;
    const directory = createTemporaryDirectory();
    const policyFile = join(directory.path, 'policy.yaml');
    if (autonomous.length > 0) writeFileSync(policyFile, policyOf(autonomous));
    const options = {
      mode: 'http' as const,
      cluster: {
        kubeconfigPath: cluster.kubeconfigPath,
        namespace: 'default',
        administrator: cluster.administrator,
        effectsOn: () => [],
      },
      people: [
        { slackId: REQUESTER, name: 'Ada', kubernetes: ada },
        { slackId: APPROVERS[0], name: 'Bob', kubernetes: bob },
        { slackId: APPROVERS[1], name: 'Cid', kubernetes: cid },
      ],
      environment: {
        VERIFY_TIMEOUT_MS: '40000',
        ...(autonomous.length > 0 && { POLICY_FILE: policyFile }),
      },
      selfHealing: { user: 'self-healing', groups: ada.groups },
    };
    const slack = new SlackWorld(options);
    await slack.start();
    return new Product(slack, directory);
  }

  async end(): Promise<void> {
    await this.#slack.end();
    this.#directory.remove();
  }

  /** The last plan that was made by itself for something in a namespace of this name. */
  healingIn(namespace: string, name: string): PlanRecord | undefined {
    return this.#readPlans('SELECT record FROM plans ORDER BY sequence DESC').find(
      ({ plan }) =>
        plan.healing !== undefined &&
        plan.steps.some(({ target }) => target.ref.namespace === namespace && target.ref.name === name),
    );
  }

  newChannel(): string {
    return this.#slack.newChannel();
  }

  /** Asks why; the answer. */
  async why(channel: string, subject: string, namespace: string): Promise<EmulatedMessage> {
    const before = this.#slack.answers(channel);
    const place = subject.startsWith('node/') ? '' : ` -n ${namespace}`;
    this.#slack.command(channel, REQUESTER, `why ${subject}${place}`);
    return this.#slack.answer(channel, ANSWERED, before);
  }

  /** The label of the first proposal that has an operation. */
  firstProposal(answer: EmulatedMessage): string | undefined {
    const elements = answer.blocks
      .filter((block) => block['type'] === 'actions')
      .flatMap((block) => block['elements'] as readonly { readonly text?: { readonly text: string } }[]);
    return elements.map(({ text }) => text?.text ?? '').find((label) => label.startsWith('Plan: '));
  }

  /** Takes the first proposal of an answer, lets others approve it, and waits until its plan has ended. */
  async follow(channel: string, answer: EmulatedMessage): Promise<Treatment> {
    const label = this.firstProposal(answer);
    if (label === undefined) return { kind: 'nothing_proposed', said: whatItSays(answer) };
    const before = this.#slack.answers(channel);
    this.#slack.followUp(answer, REQUESTER, label);
    const card = await this.#slack.answer(channel, CARD_OR_REFUSAL, before);
    if (!buttonsOf(card).includes('approve')) return { kind: 'refused', label, said: whatItSays(card) };
    if (OWNED.test(textOf(card))) {
      await this.#slack.deny(card, APPROVERS[0], 'somebody else keeps this object');
      return { kind: 'declined', label };
    }
    this.#slack.click(card, APPROVERS[0], 'approve');
    const record = await this.#untilEnded(card);
    return { kind: 'ended', label, status: record?.status ?? 'still running', said: record?.reason ?? '' };
  }

  async #untilEnded(card: EmulatedMessage): Promise<PlanRecord | undefined> {
    const begun = performance.now();
    let isSeconded = false;
    for (;;) {
      const [record] = this.#readPlans('SELECT record FROM plans WHERE id = ?', planIdOf(card));
      if (record !== undefined && isTerminal(record.status)) return record;
      const waitedMs = performance.now() - begun;
      if (waitedMs > PLAN_WITHIN_MS) return record;
      if (!isSeconded && waitedMs > SECOND_AFTER_MS && buttonsOf(card).includes('approve')) {
        isSeconded = true;
        this.#slack.click(card, APPROVERS[1], 'approve');
      }
      await sleep(POLL_MS);
    }
  }

  #readPlans(sql: string, ...values: readonly string[]): readonly PlanRecord[] {
    const path = join(this.#slack.dataDirectory, 'jamie.db');
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      // Written by the product itself.
      const rows = database.prepare(sql).all(...values);
      return rows.map((row) => JSON.parse(String(row['record'])) as PlanRecord);
    } finally {
      database.close();
    }
  }
}

/** Bad releases are taken back, three times at most. */
function policyOf(namespaces: readonly string[]): string {
  const autonomy = [{ namespaces, level: 'act', remediations: ['roll-back'], attempts: 3 }];
  return JSON.stringify({ version: 1, name: 'remedies', autonomy });
}

/** Whether an answer is a diagnosis, and not a question back. */
export function isDiagnosis(answer: EmulatedMessage): boolean {
  return DIAGNOSED.test(textOf(answer));
}

/** The first line of what stands in a message. */
function whatItSays(message: EmulatedMessage): string {
  return textOf(message).split('\n')[0]?.slice(0, 160) ?? '';
}
