import { formatObjectRef, type Message, type Reply } from '@jamie/core';
import type { ReplayWorld } from './replay-world.ts';
import type { RunEffects } from './run-format.ts';

const EVERYTHING = 10_000;

/** Reads what has come about since it last looked. */
export class EffectReader {
  readonly #world: ReplayWorld;
  readonly #countCalls: () => number;
  readonly #known = new Map<string, string>();
  #audited = 0;
  #writes = 0;
  #reads = 0;
  #calls = 0;
  #deaths = 0;

  constructor(world: ReplayWorld, countCalls: () => number) {
    this.#world = world;
    this.#countCalls = countCalls;
  }

  /** Kinds of effects that did not happen are absent. */
  async readNew(): Promise<RunEffects> {
    const effects = {
      messages: await this.#newMessages(),
      plans: await this.#newPlans(),
      writes: this.#newWrites(),
      audit: await this.#newAudit(),
      reads: this.#newReads(),
      modelCalls: this.#since('#calls', this.#countCalls()),
      threads: await this.#world.context.checkpoints.list('', EVERYTHING),
      deaths: this.#since('#deaths', this.#world.deaths),
    };
    const happened = Object.entries(effects).filter(([, value]) => isSomething(value));
    return Object.fromEntries(happened) as RunEffects;
  }

  async #newMessages() {
    const conversation = await this.#world.store.findConversationAt({
      surface: 'slack',
      teamId: 'T1',
      channelId: 'C1',
      threadTs: '1.0',
    });
    const all = conversation === undefined ? [] : await this.#world.store.listMessages(conversation.id);
    return all
      .filter(({ author }) => author !== 'person')
      .map(toEffect)
      .filter((each) => this.#isNew(each.id, each));
  }

  async #newPlans() {
    const records = await this.#world.listPlansInOrder();
    return records
      .map(({ plan, status, reason }) => ({ id: plan.id, status, reason }))
      .filter((each) => this.#isNew(each.id, each));
  }

  #newWrites() {
    const { writes } = this.#world.cluster;
    const fresh = writes.slice(this.#writes);
    this.#writes = writes.length;
    return fresh.map(({ request, user }) => ({
      as: user,
      target: formatObjectRef(request.target),
      patch: JSON.stringify(request.verb === 'patch' ? request.patch : request),
    }));
  }

  async #newAudit() {
    const records = await this.#world.store.listAudit(this.#audited, EVERYTHING);
    this.#audited = records.at(-1)?.sequence ?? this.#audited;
    return records.map(({ entry }) => entry.kind);
  }

  #newReads() {
    const { reads } = this.#world.cluster;
    const counts: Record<string, number> = {};
    for (const { verb } of reads.slice(this.#reads)) counts[verb] = (counts[verb] ?? 0) + 1;
    this.#reads = reads.length;
    return counts;
  }

  #since(counter: '#calls' | '#deaths', now: number): number {
    const before = counter === '#calls' ? this.#calls : this.#deaths;
    if (counter === '#calls') this.#calls = now;
    else this.#deaths = now;
    return now - before;
  }

  #isNew(id: string, effect: object): boolean {
    const text = JSON.stringify(effect);
    const isNew = this.#known.get(id) !== text;
    this.#known.set(id, text);
    return isNew;
  }
}

function toEffect({ id, authorName, body, planId }: Message) {
  const reply: Reply | undefined = body.kind === 'reply' ? body.reply : undefined;
  const last = reply?.sections.findLast((section) => section.kind === 'text')?.lines.at(-1);
  const offers = [
    ...(reply?.choice?.options ?? []).map(({ command }) => command),
    ...(reply?.followUps ?? []).map(({ command }) => command),
    ...(reply?.proposals ?? []).map(({ label }) => label),
  ];
  return {
    id,
    author: authorName,
    tone: reply?.tone ?? 'text',
    headline: reply?.headline ?? '',
    ...(last !== undefined && { last }),
    offers,
    ...(planId !== undefined && { plan: planId }),
  };
}

function isSomething(value: unknown): boolean {
  if (typeof value === 'number') return value > 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
