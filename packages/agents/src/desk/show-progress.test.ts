import type { ProgressBoard, RequestProgress } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from './desk.ts';
import { handleRequest } from './handle-request.ts';

let world: AgentsWorld;
let seen: string[];
let board: ProgressBoard;

beforeEach(() => {
  world = new AgentsWorld();
  seen = [];
  board = { begin: () => recording() };
});

afterEach(() => world.destroy());

function recording(): RequestProgress {
  return {
    step: (title) => ({
      done: (outcome) => seen.push(outcome === undefined ? title : `${title}: ${outcome}`),
      failed: (reason) => seen.push(`${title}, failed: ${reason}`),
    }),
    say: (text) => seen.push(`said: ${text}`),
    end: async () => {
      const requests = await world.store.listOpenRequests(world.clock.now() + 1, 10);
      seen.push(requests.length > 0 ? 'ended before the answer' : 'ended after the answer');
    },
  };
}

async function ask(text: string, form: 'command' | 'sentence' = 'command', isLast = true) {
  const { requestId } = await createDesk(world.context).submit({
    idempotencyKey: text,
    principal: ADA,
    place: world.place,
    form,
    text,
  });
  await handleRequest({ ...world.context, progress: board }, requestId, isLast);
}

describe('what people see of their request', () => {
  it('is each step with what it found, and ends before the answer is stored', async () => {
    await ask('pods -n shop');
    expect(seen.slice(0, 2)).toEqual(['Reading pods in shop on test: 4 pods', 'ended before the answer']);
  });

  it('names the logs that are read, and how much they hold', async () => {
    await ask('why checkout -n shop');
    expect(seen[0]).toBe('Reading what runs in shop on test');
    expect(seen.some((step) => /^Reading the log of \S+ in checkout\S*: \d+ lines?$/.test(step))).toBe(true);
  });

  it('says that something failed in words for people, and nothing that only we should read', async () => {
    world.cluster.beforeRead = () => {
      throw new OpsError('unavailable', 'connect ECONNREFUSED 10.0.0.1', {
        userMessage: 'The cluster test does not answer.',
      });
    };
    await ask('scale basket 3 -n shop');
    expect(seen.join()).toContain('failed: The cluster test does not answer.');
    expect(seen.join()).not.toContain('ECONNREFUSED');
  });

  it('tells no count of what a person may not read', async () => {
    world.cluster.mayAccess = () => false;
    await ask('pods -n shop');
    expect(seen.filter((step) => /\d+ pods?/.test(step))).toEqual([]);
  });

  it('ends also where the request is tried again later', async () => {
    world.cluster.beforeRead = () => {
      throw new OpsError('unavailable', 'away');
    };
    await expect(ask('scale basket 3 -n shop', 'command', false)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(seen.at(-1)).toBe('ended before the answer');
  });
});
