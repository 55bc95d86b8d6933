import { setTimeout as sleep } from 'node:timers/promises';
import type { EmulatedMessage, SlackEmulator } from '@jamie/testing';
import type { Backend } from '../backends/backend.ts';
import { PERSON } from './create-replicas.ts';

/** What a person asked for, in a channel of its own, and what has come of it. */
export interface AskedFor {
  readonly channel: string;
  readonly kind: 'question' | 'command' | 'change';
  readonly payloads: readonly object[];
  readonly deployment?: string;
  clickedAt: number;
  clicks: number;
}

const APPROVE = 'plan.approve';
const QUESTIONS = ['health', 'pods', 'clusters', 'status', 'whoami'] as const;
/** A person who sees nothing happen clicks again after this. */
const CLICK_AGAIN_MS = 8_000;
/** What a change is not the latest anybody has asked for, so that a day's clusters stay small. */
const EVERY_CHANGE = 6;
const EVERY_COMMAND = 3;

/** Asks at a steady pace, each time in a new channel, and approves what is offered. */
export class ReplicaLoad {
  readonly asked: AskedFor[] = [];
  readonly #slack: SlackEmulator;
  readonly #backend: Backend;
  readonly #questions: readonly string[];
  /** The cards that somebody clicks on twice at once. */
  doubleClicks = 0;

  /** `moreQuestions`: what else people ask, beside the commands. */
  constructor(slack: SlackEmulator, backend: Backend, moreQuestions: readonly string[] = []) {
    this.#slack = slack;
    this.#backend = backend;
    this.#questions = [...QUESTIONS, ...moreQuestions];
  }

  /** Goes on until the signal aborts, then until nothing is left to click on. */
  async run(intervalMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#ask(this.asked.length);
      this.approveOffered();
      await sleep(intervalMs);
    }
  }

  /** Clicks on every card that waits, unless somebody has just done so. */
  approveOffered(): void {
    for (const asked of this.asked) {
      if (asked.kind !== 'change' || performance.now() - asked.clickedAt < CLICK_AGAIN_MS) continue;
      const card = this.ours(asked.channel).find(offersApproval);
      if (card === undefined) continue;
      asked.clickedAt = performance.now();
      asked.clicks += 1;
      const click = { user: PERSON, channel: asked.channel, ts: card.ts, actionId: APPROVE };
      this.#slack.click(click);
      if (this.doubleClicks === 0) continue;
      this.doubleClicks -= 1;
      this.#slack.click(click);
    }
  }

  ours(channel: string): readonly EmulatedMessage[] {
    return this.#slack.transcript(channel).filter(({ isOurs }) => isOurs);
  }

  async #ask(number: number): Promise<void> {
    const channel = this.#slack.workspace.addChannel(`C${String(number).padStart(5, '0')}`).id;
    const base = { channel, clickedAt: Number.NEGATIVE_INFINITY, clicks: 0 };
    if (number % EVERY_CHANGE === EVERY_CHANGE - 1) {
      const deployment = `load-${number}`;
      await this.#backend.createDeployment(deployment, 2);
      const text = `scale deploy/${deployment} 3 -n ${this.#backend.namespace}`;
      const payloads = this.#sentBy(() => this.#slack.mention({ user: PERSON, channel, text }));
      this.asked.push({ ...base, kind: 'change', deployment, payloads });
      return;
    }
    const text = this.#questions[number % this.#questions.length] ?? 'health';
    const isCommand = number % EVERY_COMMAND === 0;
    const payloads = this.#sentBy(() => {
      if (isCommand) this.#slack.slash({ user: PERSON, channel, text });
      else this.#slack.mention({ user: PERSON, channel, text });
    });
    this.asked.push({ ...base, kind: isCommand ? 'command' : 'question', payloads });
  }

  #sentBy(act: () => void): readonly object[] {
    const before = this.#slack.sent.length;
    act();
    return this.#slack.sent.slice(before).map(({ payload }) => payload);
  }
}

export function offersApproval({ blocks }: EmulatedMessage): boolean {
  return JSON.stringify(blocks).includes(`"action_id":"${APPROVE}"`);
}
