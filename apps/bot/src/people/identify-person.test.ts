import type { Directory, Principal, SlackPerson } from '@jamie/core';
import { createSingleWorkspace } from '@jamie/slack';
import { createSlackEmulator, FakeClock, RecordingLogger, type SlackEmulator } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPersonIdentifier } from './identify-person.ts';

const OWN_TEAM = 'T0EMULATE';
const ADA: Principal = {
  id: 'slack:T:U1',
  displayName: 'Ada',
  kubernetes: { user: 'ada', groups: [] },
  source: 'slack',
};
/** A careless file that names everybody. */
const everybody: Directory = { findSlackPerson: () => ADA, localPerson: ADA };
const nobody: Directory = { findSlackPerson: () => undefined, localPerson: ADA };

let slack: SlackEmulator;
let clock: FakeClock;

beforeEach(async () => {
  clock = new FakeClock();
  slack = createSlackEmulator({ mode: 'socket' });
  await slack.start();
  slack.workspace.addUser('U1');
});

afterEach(async () => {
  await slack.stop();
});

function identifier(directory: Directory) {
  const logger = new RecordingLogger();
  const workspaces = createSingleWorkspace({
    botToken: slack.botToken,
    slackApiUrl: slack.apiUrl,
    logger,
  });
  const identifier = createPersonIdentifier({ directory, clock, helpContact: 'the platform team' });
  return {
    identify: async (person: SlackPerson) => identifier.identify(person, await workspaces.find(OWN_TEAM)),
  };
}

const own = (userId: string) => ({ teamId: slack.workspace.teamId, userId });
const lookUps = () => slack.calls.filter(({ method }) => method === 'users.info').length;

describe('createPersonIdentifier', () => {
  it('knows a member whom the file names', async () => {
    expect(await identifier(everybody).identify(own('U1'))).toEqual({ kind: 'known', principal: ADA });
  });

  it.each([
    ['guest', { isRestricted: true }],
    ['guest', { isUltraRestricted: true }],
    ['bot', { isBot: true }],
  ])('refuses a %s even when the file names them', async (reason, traits) => {
    slack.workspace.addUser('U2', traits);
    expect(await identifier(everybody).identify(own('U2'))).toMatchObject({ kind: 'refused', reason });
  });

  it('refuses people of another workspace even when the file names them', async () => {
    const verdict = await identifier(everybody).identify({ teamId: 'T9', userId: 'U1' });
    expect(verdict).toMatchObject({ kind: 'refused', reason: 'other_workspace' });
  });

  it('refuses whom the file does not name and says who can help', async () => {
    const verdict = await identifier(nobody).identify(own('U1'));
    expect(verdict).toMatchObject({
      reason: 'unmapped',
      message: expect.stringContaining('the platform team'),
    });
    expect(lookUps()).toBe(0);
  });

  it('lets nobody in whom it cannot look at', async () => {
    slack.failNext('users.info', { kind: 'error', error: 'missing_scope' });
    await expect(identifier(everybody).identify(own('U1'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('looks again after ten minutes, so that a member who became a guest is noticed', async () => {
    const people = identifier(everybody);
    await people.identify(own('U1'));
    await people.identify(own('U1'));
    expect(lookUps()).toBe(1);
    slack.workspace.addUser('U1', { isRestricted: true });
    await clock.advance(10 * 60_000);
    expect(await people.identify(own('U1'))).toMatchObject({ reason: 'guest' });
  });
});
