import type { Directory, PersonAnswer, Principal, SlackPerson } from '@jamie/core';
import { aPrincipal } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { confirmPeople } from './confirm-people.ts';

const LOCAL = aPrincipal({ id: 'local', source: 'local', kubernetes: { user: 'grace', groups: ['sre'] } });
const ADA = aPrincipal();
const HEALER = aPrincipal({ id: 'automation:self-healing', source: 'automation' });

class CountingDirectory implements Directory {
  looks = 0;
  readonly localPerson = LOCAL;
  automation: Principal | undefined = HEALER;
  readonly findSlackPerson = () => undefined;
  readonly mapsEmailsOf = () => false;
  readonly refresh = async () => {
    this.looks += 1;
  };
}

class RecordingBot {
  readonly asked: { person: SlackPerson; isFresh: boolean }[] = [];
  readonly #answer: PersonAnswer;
  constructor(answer: PersonAnswer) {
    this.#answer = answer;
  }
  async identify(person: SlackPerson, isFresh: boolean): Promise<PersonAnswer> {
    this.asked.push({ person, isFresh });
    return this.#answer;
  }
}

describe('confirmPeople', () => {
  it('asks Slack anew for a vote, and takes what it has just said before the start', async () => {
    const bot = new RecordingBot({ kind: 'known', principal: ADA });
    const people = confirmPeople(new CountingDirectory(), () => bot);
    expect(await people.confirm(ADA, 'vote')).toEqual({ kind: 'known', principal: ADA });
    await people.confirm(ADA, 'execution');
    const person = { teamId: 'T1', userId: 'U1' };
    expect(bot.asked).toEqual([
      { person, isFresh: true },
      { person, isFresh: false },
    ]);
  });

  it('reads the file again for the local person, and gives them as it says now', async () => {
    const directory = new CountingDirectory();
    const people = confirmPeople(directory, () => undefined);
    const before = { ...LOCAL, kubernetes: { user: 'grace', groups: [] } };
    expect(await people.confirm(before, 'vote')).toEqual({ kind: 'known', principal: LOCAL });
    expect(directory.looks).toBe(1);
  });

  it('knows the automation for as long as the file names it, with the groups of now', async () => {
    const directory = new CountingDirectory();
    const people = confirmPeople(directory, () => undefined);
    const before = { ...HEALER, kubernetes: { user: 'healer', groups: [] } };
    expect(await people.confirm(before, 'execution')).toEqual({ kind: 'known', principal: HEALER });
    expect(directory.looks).toBe(1);
    expect(await people.confirm({ ...HEALER, id: 'automation:other' }, 'execution')).toMatchObject({
      kind: 'refused',
    });
    directory.automation = undefined;
    expect(await people.confirm(HEALER, 'execution')).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('automation.selfHealing'),
    });
  });

  it('refuses people of Slack while it is not connected, and ids that name nobody', async () => {
    const people = confirmPeople(new CountingDirectory(), () => undefined);
    expect(await people.confirm(ADA, 'execution')).toMatchObject({ kind: 'refused' });
    const bot = new RecordingBot({ kind: 'known', principal: ADA });
    const connected = confirmPeople(new CountingDirectory(), () => bot);
    for (const id of ['', 'slack:', 'slack:T1', 'slack:T1:U1:extra', 'local']) {
      expect(await connected.confirm({ ...ADA, id }, 'vote')).toMatchObject({ kind: 'refused' });
    }
    expect(bot.asked).toEqual([]);
  });
});
