import { setTimeout as sleep } from 'node:timers/promises';
import type { EmulatedMessage } from '@jamie/testing';
import type { ReplicaWorld } from './replica-world.ts';
import { PEOPLE, STRANGER, type Step, type TrialScript } from './trial-script.ts';

const APPROVE = 'plan.approve';
const DENY = 'plan.deny';
/** A person who sees nothing happen clicks again after this. */
const CLICK_AGAIN_MS = 5_000;
/** How long a person waits for something to click on or to reply to. */
const PATIENCE_MS = 120_000;
/**
 * Nobody works on anything, and Slack waits for nothing, for so long: what did not come went elsewhere, or was deleted, and
 * will not come. Longer than any fault holds up a delivery that Slack believes to have sent.
 */
const GIVE_UP_MS = 3_000;

/** What somebody did, and what they may expect to see of it. */
export interface Expectation {
  readonly step: Step;
  readonly user: string;
  readonly channel: string;
  /** The root of the thread; undefined for a command, which has none before we make it, and for a stranger. */
  readonly threadTs: string | undefined;
  /** What they typed, for a command. */
  readonly asked: string | undefined;
  /** What Slack sent for it. */
  readonly payloads: readonly object[];
  /** Answers and cards that are to come. */
  answers: number;
}

/** Plays what people do in one trial. */
export class TrialPlay {
  readonly expectations: Expectation[] = [];
  readonly #world: ReplicaWorld;
  readonly #script: TrialScript;

  constructor(world: ReplicaWorld, script: TrialScript) {
    this.#world = world;
    this.#script = script;
  }

  get channels(): readonly string[] {
    return Array.from({ length: this.#script.places }, (_, place) => this.#channelOf(place));
  }

  async prepare(): Promise<void> {
    const { backend, slack } = this.#world;
    for (const channel of this.channels) slack.workspace.addChannel(channel);
    for (const step of this.#script.steps) {
      if (step.kind === 'change') await backend.createDeployment(step.deployment, 2);
    }
  }

  /** Resolves when everybody has done what they wanted to, or has given up waiting for it. */
  async run(): Promise<void> {
    await Promise.all(
      this.#script.steps.map(async (step) => {
        await sleep(step.afterMs);
        await this.#play(step);
      }),
    );
  }

  async clear(): Promise<void> {
    for (const step of this.#script.steps) {
      if (step.kind === 'change') await this.#world.backend.deleteDeployment(step.deployment);
    }
  }

  async #play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'stranger':
        this.#utter(step, STRANGER, 'mention', step.text);
        return;
      case 'question':
        return this.#ask(step);
      case 'change':
        return this.#change(step);
    }
  }

  async #ask(step: Extract<Step, { kind: 'question' }>): Promise<void> {
    const { slack } = this.#world;
    const expected = this.#utter(step, step.person, step.surface, step.text);
    if (step.followUp === undefined || expected.threadTs === undefined) return;
    const { channel, threadTs } = expected;
    const isAnswered = () =>
      slack.transcript(channel).some((message) => message.isOurs && message.threadTs === threadTs);
    await this.#untilOrNever(isAnswered, () => false);
    if (!isAnswered()) return;
    slack.say({ user: step.person, channel, threadTs, text: step.followUp });
    expected.answers += 1;
  }

  async #change(step: Extract<Step, { kind: 'change' }>): Promise<void> {
    const text = `scale deploy/${step.deployment} ${step.replicas} -n ${this.#world.backend.namespace}`;
    this.#utter(step, step.person, step.surface, text);
    let clickedAt = Number.NEGATIVE_INFINITY;
    const isDecided = () => {
      if (this.#isDecided(step.deployment)) return true;
      const card = this.#findCard(step);
      if (card === undefined || performance.now() - clickedAt < CLICK_AGAIN_MS) return false;
      clickedAt = performance.now();
      void this.#vote(step, card);
      return false;
    };
    await this.#untilOrNever(isDecided, () => this.#findCard(step) !== undefined);
  }

  /** Looks until it is so, until the patience is over, or until it cannot come any more; `canClick`: somebody may still act. */
  async #untilOrNever(isSo: () => boolean, canClick: () => boolean): Promise<void> {
    let workedAt = performance.now();
    await this.#world.until(() => {
      if (!this.#world.isIdle() || canClick()) workedAt = performance.now();
      return isSo() || performance.now() - workedAt > GIVE_UP_MS;
    }, PATIENCE_MS);
  }

  #isDecided(deployment: string): boolean {
    return this.#world
      .read('SELECT status, record FROM plans')
      .some(
        ({ status, record }) => String(record).includes(`"${deployment}"`) && status !== 'awaiting_approval',
      );
  }

  async #vote({ voting, person }: Extract<Step, { kind: 'change' }>, card: EmulatedMessage): Promise<void> {
    const click = (user: string, actionId: string) =>
      this.#world.slack.click({ user, channel: card.channel, ts: card.ts, actionId });
    switch (voting) {
      case 'one':
        click(person, APPROVE);
        break;
      case 'deny':
        click(person, DENY);
        await this.#giveReason(person);
        break;
      case 'double click':
        click(person, APPROVE);
        click(person, APPROVE);
        break;
      case 'two at once':
        for (const user of Object.values(PEOPLE)) click(user, APPROVE);
    }
  }

  /** Sends the form in which a denial may be explained, if it opens. */
  async #giveReason(user: string): Promise<void> {
    const { slack } = this.#world;
    const isOpen = await this.#world.until(() => slack.modalOf(user) !== undefined, CLICK_AGAIN_MS / 2);
    if (!isOpen) return;
    const outcome = await slack.submitView({ user });
    if (outcome.kind !== 'none') slack.closeView({ user, all: true });
  }

  /** A card that waits for a vote, in its thread or where its message went instead. */
  #findCard({ deployment, place, person }: Extract<Step, { kind: 'change' }>): EmulatedMessage | undefined {
    return [this.#channelOf(place), directOf(person)]
      .flatMap((channel) => this.#world.slack.transcript(channel))
      .find(({ isOurs, blocks }) => {
        const text = JSON.stringify(blocks);
        return isOurs && text.includes(deployment) && text.includes(`"action_id":"${APPROVE}"`);
      });
  }

  #utter(step: Step, user: string, surface: 'mention' | 'direct' | 'command', text: string): Expectation {
    const { slack } = this.#world;
    const channel = surface === 'direct' ? directOf(user) : this.#channelOf(step.place);
    const before = slack.sent.length;
    const threadTs = this.#send(surface, { user, channel, text });
    const expected: Expectation = {
      ...{ step, user, channel, threadTs },
      asked: surface === 'command' ? `/jamie ${text}` : undefined,
      payloads: slack.sent.slice(before).map(({ payload }) => payload),
      answers: step.kind === 'stranger' ? 0 : 1,
    };
    this.expectations.push(expected);
    return expected;
  }

  #send(
    surface: 'mention' | 'direct' | 'command',
    utterance: { readonly user: string; readonly channel: string; readonly text: string },
  ): string | undefined {
    const { slack } = this.#world;
    switch (surface) {
      case 'mention':
        return slack.mention(utterance);
      case 'direct':
        return slack.say(utterance);
      case 'command':
        slack.slash(utterance);
        return undefined;
    }
  }

  #channelOf(place: number): string {
    return `C${this.#script.trial}P${place}`;
  }
}

/** The direct messages of a person with the bot. */
export function directOf(user: string): string {
  return `D${user.slice(1)}`;
}
