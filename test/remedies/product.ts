import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal, type PlanRecord } from '@jamie/core';
import type { EmulatedMessage } from '@jamie/testing';
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

  private constructor(slack: SlackWorld) {
    this.#slack = slack;
  }

  static async start(cluster: RemedyCluster): Promise<Product> {
    const [ada, bob, cid] = cluster.people;
    const slack = new SlackWorld({
      mode: 'http',
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
      environment: { VERIFY_TIMEOUT_MS: '40000' },
    });
    await slack.start();
    return new Product(slack);
  }

  end(): Promise<void> {
    return this.#slack.end();
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
      const record = this.#readPlan(planIdOf(card));
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

  #readPlan(id: string): PlanRecord | undefined {
    const path = join(this.#slack.dataDirectory, 'jamie.db');
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      const row = database.prepare('SELECT record FROM plans WHERE id = ?').get(id);
      const text = row?.['record'];
      // Written by the product itself.
      return typeof text === 'string' ? (JSON.parse(text) as PlanRecord) : undefined;
    } finally {
      database.close();
    }
  }
}

/** Whether an answer is a diagnosis, and not a question back. */
export function isDiagnosis(answer: EmulatedMessage): boolean {
  return DIAGNOSED.test(textOf(answer));
}

/** The first line of what stands in a message. */
export function whatItSays(message: EmulatedMessage): string {
  return textOf(message).split('\n')[0]?.slice(0, 160) ?? '';
}
