import { EventEmitter } from 'node:events';
import type { Clock, Logger } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLifecycle, type Part, stopOnFailure, stopOnSignals } from './lifecycle.ts';

let events: string[] = [];
beforeEach(() => {
  events = [];
});

const logger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => void events.push(message),
  error: (message) => void events.push(message),
  child: () => logger,
};
/** A clock whose sleeps end when the test says so. */
function manualClock(): { clock: Clock; elapse: () => void } {
  const wakers: (() => void)[] = [];
  const sleep = (_durationMs: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      wakers.push(resolve);
      signal?.addEventListener('abort', () => reject(new OpsError('cancelled', 'cancelled')));
    });
  return { clock: { now: () => 0, sleep }, elapse: () => wakers.forEach((wake) => void wake()) };
}
const part = (name: string): Part => ({
  name,
  start: () => void events.push(`start ${name}`),
  stop: async () => void events.push(`stop ${name}`),
});

describe('createLifecycle', () => {
  it('starts in order and stops in reverse order, once', async () => {
    const lifecycle = createLifecycle({ clock: manualClock().clock, logger });
    await lifecycle.start(part('a'));
    await lifecycle.start(part('b'));
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    expect(events).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('stops what it started when a part fails to start, the failed part first', async () => {
    const lifecycle = createLifecycle({ clock: manualClock().clock, logger });
    await lifecycle.start(part('a'));
    const broken = { ...part('b'), start: () => Promise.reject(new OpsError('unavailable', 'no port')) };
    await expect(lifecycle.start(broken)).rejects.toMatchObject({ code: 'unavailable' });
    expect(events).toEqual(['start a', 'stop b', 'stop a']);
    await expect(lifecycle.start(part('c'))).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('leaves a part behind that does not stop in time, and stops the others', async () => {
    const { clock, elapse } = manualClock();
    const lifecycle = createLifecycle({ clock, logger });
    await lifecycle.start(part('a'));
    await lifecycle.start({ name: 'stuck', stop: () => new Promise(() => undefined) });
    const stopped = lifecycle.stop();
    elapse();
    await stopped;
    expect(events).toEqual(['start a', 'part did not stop in time', 'stop a']);
  });

  it('stops the others when a part fails to stop', async () => {
    const lifecycle = createLifecycle({ clock: manualClock().clock, logger });
    await lifecycle.start(part('a'));
    await lifecycle.start({ name: 'broken', stop: () => Promise.reject(new Error('no')) });
    await lifecycle.stop();
    expect(events).toEqual(['start a', 'part failed to stop', 'stop a']);
  });
});

class FakeProcess extends EventEmitter {
  readonly #exited = Promise.withResolvers<number>();
  readonly exited = this.#exited.promise;
  exit(code: number): void {
    this.#exited.resolve(code);
  }
}

describe('stopOnSignals', () => {
  it.each(['SIGTERM', 'SIGINT'])('stops on %s and exits with 0', async (signal) => {
    const source = new FakeProcess();
    stopOnSignals(source, async () => void events.push('stopped'));
    source.emit(signal);
    expect(await source.exited).toBe(0);
    expect(events).toEqual(['stopped']);
  });

  it('exits with 1 when stopping fails', async () => {
    const source = new FakeProcess();
    stopOnSignals(source, () => Promise.reject(new Error('no')));
    source.emit('SIGTERM');
    expect(await source.exited).toBe(1);
  });

  it('exits at once on a second signal', async () => {
    const source = new FakeProcess();
    stopOnSignals(source, () => new Promise(() => undefined));
    source.emit('SIGINT');
    source.emit('SIGINT');
    expect(await source.exited).toBe(130);
  });

  it('listens no longer once taken away', () => {
    const source = new FakeProcess();
    stopOnSignals(source, async () => void events.push('stopped'))();
    source.emit('SIGINT');
    expect(events).toEqual([]);
  });
});

describe('stopOnFailure', () => {
  const damaged = new OpsError('internal', 'damaged');

  it.each([
    ['stops', async () => void events.push('stopped')],
    ['cannot stop', async () => Promise.reject(new OpsError('timeout', events.push('stopped').toString()))],
  ])('says the first failure, %s once, and exits with 1', async (_how, stop) => {
    const source = new FakeProcess();
    const fail = stopOnFailure(source, stop, ({ message }) => void events.push(message));
    fail(damaged);
    fail(damaged);
    expect(await source.exited).toBe(1);
    expect(events).toEqual(['damaged', 'stopped']);
  });
});
