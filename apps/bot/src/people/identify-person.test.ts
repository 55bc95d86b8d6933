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
const everybody: Directory = {
  findSlackPerson: () => ADA,
  mapsEmailsOf: () => false,
  refresh: async () => undefined,
  localPerson: ADA,
  automation: undefined,
};
const nobody: Directory = { ...everybody, findSlackPerson: () => undefined };
/** Knows whoever comes with a confirmed address. */
const addresses: Directory = {
  ...nobody,
  mapsEmailsOf: (teamId) => teamId === OWN_TEAM,
  findSlackPerson: (_team, _user, email) => (email === 'ada@example.com' ? ADA : undefined),
};

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
    identify: async (person: SlackPerson, isFresh = false) =>
      identifier.identify(person, await workspaces.find(OWN_TEAM), isFresh),
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
    expect(lookUps()).toBe(0);
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

  it('looks again after five minutes, so that a member who became a guest is noticed', async () => {
    const people = identifier(everybody);
    await people.identify(own('U1'));
    await clock.advance(5 * 60_000 - 1);
    await people.identify(own('U1'));
    expect(lookUps()).toBe(1);
    slack.workspace.addUser('U1', { isRestricted: true });
    await clock.advance(1);
    expect(await people.identify(own('U1'))).toMatchObject({ reason: 'guest' });
  });

  it('looks at once where it must be fresh, and does not fall back on what Slack said before', async () => {
    const people = identifier(everybody);
    expect(await people.identify(own('U1'))).toMatchObject({ kind: 'known' });
    slack.failNext('users.info', { kind: 'error', error: 'internal_error' });
    await expect(people.identify(own('U1'), true)).rejects.toMatchObject({ code: 'unavailable' });
    slack.workspace.addUser('U1', { isDeleted: true });
    expect(await people.identify(own('U1'))).toMatchObject({ reason: 'deactivated' });
  });

  it('looks at the file each time, so that whom it names no more is refused at the next click', async () => {
    let isNamed = true;
    let looks = 0;
    const people = identifier({
      ...everybody,
      findSlackPerson: () => (isNamed ? ADA : undefined),
      refresh: async () => {
        looks += 1;
      },
    });
    expect(await people.identify(own('U1'))).toMatchObject({ kind: 'known' });
    isNamed = false;
    expect(await people.identify(own('U1'))).toMatchObject({ reason: 'unmapped' });
    expect(looks).toBe(2);
  });

  it('knows somebody by the address that Slack has confirmed, and by no other', async () => {
    const people = identifier(addresses);
    expect(await people.identify(own('U1'))).toMatchObject({ reason: 'unconfirmed' });
    slack.workspace.addUser('U2', { email: 'ada@example.com' });
    expect(await people.identify(own('U2'))).toEqual({ kind: 'known', principal: ADA });
    slack.workspace.addUser('U3', { email: 'ada@example.com', isEmailConfirmed: false });
    expect(await people.identify(own('U3'))).toMatchObject({ reason: 'unconfirmed' });
    slack.workspace.addUser('U4', { email: 'bob@example.com' });
    expect(await people.identify(own('U4'))).toMatchObject({ reason: 'unmapped' });
  });

  it.each([{ isBot: true }, { isRestricted: true }, { isUltraRestricted: true }, { isDeleted: true }])(
    'refuses an account with a confirmed address that is %j',
    async (traits) => {
      slack.workspace.addUser('U2', { email: 'ada@example.com', ...traits });
      expect(await identifier(addresses).identify(own('U2'))).toMatchObject({ kind: 'refused' });
    },
  );
});
