import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { EmulatedMessage } from '@jamie/testing';
import type { SlackFault } from './fault-script.ts';
import type { ReplicaWorld } from './replica-world.ts';

const STALL = new URL('./stall-store.entry.ts', import.meta.url);
/** What stands for Slack's 0, 0, +1 and +5 minutes. */
const COPIES_AFTER_MS = [0, 600, 3_000];

type Send = ReplicaWorld['slack']['hub']['send'];

/** What faults are done to. */
export interface FaultScene extends Pick<ReplicaWorld, 'slack' | 'databasePath'> {
  readonly replicas: readonly Pick<ReplicaWorld['replicas'][number], 'skew'>[];
}

/** Does to a world what a script of faults says, and puts everything right again at the end of a trial. */
export class FaultInjector {
  readonly #world: FaultScene;
  readonly #channels: ReadonlySet<string>;
  readonly #send: Send;
  readonly #running: Promise<void>[] = [];
  readonly #random: () => number;
  /** Messages of ours that somebody deleted on the way. */
  readonly deleted: EmulatedMessage[] = [];

  constructor(world: FaultScene, channels: ReadonlySet<string>, random: () => number) {
    const { hub } = world.slack;
    this.#world = world;
    this.#channels = channels;
    this.#random = random;
    this.#send = hub.send.bind(hub);
  }

  begin(faults: readonly SlackFault[]): void {
    for (const fault of faults) {
      this.#running.push(sleep(fault.atMs).then(() => this.#cause(fault)));
    }
  }

  /** Resolves when everything has happened; the world is whole again then. */
  async heal(): Promise<void> {
    await Promise.all(this.#running);
    const { slack, replicas } = this.#world;
    // What was ordered of the Web API and did not happen must not happen to the next trial.
    slack.failNoMore();
    slack.setAcceptsAppToken(true);
    slack.hub.send = this.#send;
    for (const { skew } of replicas) skew.byMs = 0;
  }

  async #cause(fault: SlackFault): Promise<void> {
    const { slack, replicas } = this.#world;
    switch (fault.kind) {
      case 'rate limited':
        slack.failNext(fault.method, { kind: 'rate_limited', retryAfterSeconds: 1 }, fault.times);
        return;
      case 'response lost':
        slack.failNext(fault.method, { kind: 'lost_response' }, fault.times);
        return;
      case 'slow answer':
        slack.failNext(fault.method, { kind: 'slow', delayMs: fault.forMs });
        return;
      case 'refused':
        slack.failNext(fault.method, { kind: 'error', error: fault.error });
        return;
      case 'delivered four times':
        this.#onSend((delivery, send) => {
          send(delivery);
          for (const afterMs of COPIES_AFTER_MS) this.#later(afterMs, () => send(delivery));
        });
        return;
      case 'out of order':
        this.#onSend((delivery, send) =>
          this.#later(Math.floor(this.#random() * fault.withinMs), () => send(delivery)),
        );
        return;
      case 'envelope twice':
        slack.hub.duplicateNext();
        return;
      case 'cut during acknowledgement':
        slack.hub.dropAtNextAck();
        return;
      case 'refresh':
        slack.hub.refresh(fault.reason, fault.graceMs);
        return;
      case 'cut':
        slack.hub.cutAll();
        return;
      case 'odd frame':
        slack.hub.sendRaw(fault.text);
        return;
      case 'no socket':
        slack.setAcceptsAppToken(false);
        slack.hub.cutAll();
        await sleep(fault.forMs);
        slack.setAcceptsAppToken(true);
        return;
      case 'slow store':
        await stallStore(this.#world.databasePath, fault.forMs);
        return;
      case 'message deleted':
        this.#deleteOne();
        return;
      case 'clock set': {
        const replica = replicas[fault.replica];
        if (replica !== undefined) replica.skew.byMs = fault.byMs;
        return;
      }
    }
  }

  #onSend(handle: (delivery: Parameters<Send>[0], send: Send) => void): void {
    const { hub } = this.#world.slack;
    const before = hub.send.bind(hub);
    hub.send = (delivery) => handle(delivery, before);
  }

  #later(afterMs: number, act: () => void): void {
    this.#running.push(sleep(afterMs).then(act));
  }

  /** Somebody deletes a message of ours; its next change finds it gone. */
  #deleteOne(): void {
    const { slack } = this.#world;
    const ours = [...this.#channels].flatMap((channel) =>
      slack.transcript(channel).filter(({ isOurs, threadTs }) => isOurs && threadTs !== undefined),
    );
    const chosen = ours[Math.floor(this.#random() * ours.length)];
    if (chosen === undefined) return;
    this.deleted.push(chosen);
    slack.deleteMessage({ channel: chosen.channel, ts: chosen.ts });
  }
}

function stallStore(path: string, forMs: number): Promise<void> {
  const worker = new Worker(STALL, {
    workerData: { path, forMs },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}
