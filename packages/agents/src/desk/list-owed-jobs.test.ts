import type { MessageId } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld, ListNotifier } from '../agents-world.fixture.ts';
import { advanceScarlet } from '../scarlet/advance-scarlet.ts';
import { createDesk } from './desk.ts';
import { handleRequest } from './handle-request.ts';
import { listOwedJobs } from './list-owed-jobs.ts';
import { showMessage } from './show-message.ts';

const REST_MS = 1_000;

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

/** The ids of what is owed once it has rested. */
async function owed(): Promise<readonly string[]> {
  await world.clock.advance(REST_MS + 1);
  return (await listOwedJobs(world.context, REST_MS)).map(({ deduplicationId }) => deduplicationId);
}

/** The jobs that were asked for when things were committed. */
async function asked(name: string): Promise<readonly string[]> {
  const entries = await world.store.listOutbox(1_000);
  return entries.filter(({ job }) => job.name === name).map(({ job }) => job.deduplicationId);
}

async function submit(text: string, key = 'one') {
  return createDesk(world.context).submit({
    idempotencyKey: key,
    principal: {
      id: 'slack:T1:U1',
      displayName: 'Ada',
      source: 'slack',
      kubernetes: { user: 'ada', groups: ['ops'] },
    },
    place: world.place,
    form: 'command',
    text,
  });
}

async function showAll(notifier = new ListNotifier()): Promise<void> {
  for (const { job } of await world.store.listOutbox(1_000)) {
    if (job.name === 'notifications.show')
      await showMessage(world.context, notifier, job.payload['messageId'] as MessageId);
  }
}

describe('listOwedJobs', () => {
  it('asks for an open request by the very job that was asked for first, until it is answered', async () => {
    const { requestId } = await submit('status');
    expect(await listOwedJobs(world.context, REST_MS)).toEqual([]);
    expect(await owed()).toEqual(await asked('requests.handle'));
    await handleRequest(world.context, requestId, true);
    expect(await owed()).toEqual(await asked('notifications.show'));
  });

  it('asks for a message until Slack shows it, by the job of its version', async () => {
    await world.ask('status');
    const jobs = await asked('notifications.show');
    expect(jobs).not.toEqual([]);
    expect(await owed()).toEqual(jobs);
    await showAll();
    expect(await owed()).toEqual([]);
  });

  it('asks for the card of a plan again when the plan has moved on', async () => {
    const { planId } = await world.ask('scale basket 3 -n shop');
    await showAll();
    expect(await owed()).toEqual([]);
    if (planId === undefined) throw new Error('no plan');
    await world.context.operations.vote({
      planId,
      principal: {
        id: 'slack:T1:U1',
        displayName: 'Ada',
        source: 'slack',
        kubernetes: { user: 'ada', groups: ['ops'] },
      },
      decision: 'deny',
    });
    const jobs = (await asked('notifications.show')).slice(-1);
    expect(await owed()).toEqual(jobs);
  });

  it('asks for no message of the page, and for none that is older than a queue remembers', async () => {
    world.place = { surface: 'local', key: 'page' };
    await world.ask('status');
    expect(await owed()).toEqual([]);
    world.place = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '2.0' };
    await world.ask('status');
    expect(await owed()).toHaveLength(1);
    await world.clock.advance(12 * 60 * 60 * 1_000);
    expect(await owed()).toEqual([]);
  });

  it('asks Scarlet to wait for a plan that she was handed, until she does', async () => {
    const { planId } = await world.ask('scale basket to 3 replicas in shop', 'sentence');
    if (planId === undefined) throw new Error('no plan');
    await showAll();
    expect(await owed()).toEqual([`wait:${planId}`]);
    expect(await asked('agents.wait')).toEqual([`wait:${planId}`]);
    await advanceScarlet(world.context, planId);
    expect(await owed()).toEqual([]);
  });
});
