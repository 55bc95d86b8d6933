import type { RequestId } from '@jamie/core';
import { EffectReader } from './effect-reader.ts';
import { BASKET, PEOPLE, ReplayWorld } from './replay-world.ts';
import type { Run, RunEffects, RunEvent } from './run-format.ts';
import { ScriptedModel } from './scripted-model.ts';

const PLACE = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' } as const;

/** Plays the events of a run on the program of today. Returns what each of them brought about. */
export async function playRun({ model, steps }: Run): Promise<readonly RunEffects[]> {
  const calls: string[] = [];
  const world = new ReplayWorld(model && new ScriptedModel(model, (prompt) => calls.push(prompt)));
  const player = new RunPlayer(world);
  const effects = new EffectReader(world, () => calls.length);
  try {
    const seen: RunEffects[] = [];
    for (const { event } of steps) {
      await player.play(event);
      seen.push(await effects.readNew());
    }
    return seen;
  } finally {
    await world.destroy();
  }
}

class RunPlayer {
  readonly #world: ReplayWorld;
  readonly #requests = new Map<string, RequestId>();

  constructor(world: ReplayWorld) {
    this.#world = world;
  }

  async play(event: RunEvent): Promise<void> {
    const world = this.#world;
    switch (event.kind) {
      case 'submit':
        return this.#submit(event);
      case 'vote':
        return this.#vote(event);
      case 'work':
        return world.work();
      case 'work_twice': {
        const requestId = this.#requestOf(event.key);
        await Promise.allSettled([world.handle(requestId), world.handle(requestId)]);
        return;
      }
      case 'begin':
        return this.#begin(event.key);
      case 'pass':
        return this.#pass(event);
      case 'scaled_by_others':
        world.cluster.edit(BASKET, (object) => {
          object['spec'] = { ...(object['spec'] as object), replicas: event.replicas };
        });
        return;
      case 'logs':
        world.logsHang = event.are === 'hanging';
        return;
      case 'mortal':
        world.makeMortal(event.write, event.moment);
        return;
    }
  }

  async #submit({ key, by, form, text }: Extract<RunEvent, { kind: 'submit' }>): Promise<void> {
    const submission = { idempotencyKey: key, principal: PEOPLE[by], place: PLACE, form, text };
    const { requestId } = await this.#world.desk.submit(submission);
    this.#requests.set(key, requestId);
  }

  async #vote({ by, plan, decision, reason }: Extract<RunEvent, { kind: 'vote' }>): Promise<void> {
    const record = (await this.#world.listPlansInOrder())[plan];
    if (record === undefined) throw new Error(`the run votes on plan ${plan}, and there is none`);
    await this.#world.desk.vote({
      planId: record.plan.id,
      planHash: record.plan.hash,
      principal: PEOPLE[by],
      decision,
      ...(reason !== undefined && { reason }),
    });
  }

  async #begin(key: string): Promise<void> {
    const hangs = new Promise<void>((resolve) => {
      this.#world.onHang = resolve;
    });
    const work = this.#world.handle(this.#requestOf(key));
    await Promise.race([hangs, work]);
  }

  async #pass({ seconds, world: does }: Extract<RunEvent, { kind: 'pass' }>): Promise<void> {
    const { clock, cluster } = this.#world;
    for (let second = 0; second < seconds; second += 1) {
      if (does !== 'rests') cluster.settle(BASKET, does === 'breaks' ? 0 : undefined);
      if (does === 'breaks') cluster.breakPods(BASKET, 'ImagePullBackOff');
      await clock.advance(1_000);
      await this.#world.work();
    }
  }

  #requestOf(key: string): RequestId {
    const requestId = this.#requests.get(key);
    if (requestId === undefined) throw new Error(`the run names a submission ${key} that it never made`);
    return requestId;
  }
}
