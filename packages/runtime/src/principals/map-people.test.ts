import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mapPeople } from './map-people.ts';
import { parsePrincipals } from './read-principals.ts';

const FILE = `
people:
  - name: Ada
    slack: { team: T0123, user: U0001 }
    kubernetes: { user: ada@example.com, groups: [payments] }
  - name: Ada elsewhere
    slack: { team: T0999, user: U0001 }
    kubernetes: { user: ada-partner, groups: [] }
local: { name: Grace, kubernetes: { user: grace@example.com, groups: [sre] } }
emails: { team: T0123, domains: [example.com, example.org], groups: [everybody] }
groups:
  payments-leads: { members: [T0123/U0001, lin@example.com, local], kubernetes: [payments-admins, payments] }
  sre: { members: [lin@example.com], kubernetes: [sre] }
  nobody: {}
`;

const people = async (text = FILE) => mapPeople(await parsePrincipals('principals.yaml', text));

async function problemsOf(text: string): Promise<string> {
  const refusal = await parsePrincipals('principals.yaml', text).then(
    () => '',
    (error: unknown) => String((error as { userMessage?: string }).userMessage),
  );
  return refusal;
}

describe('mapPeople', () => {
  it('knows a confirmed address of a listed domain', async () => {
    expect((await people()).findSlackPerson('T0123', 'U0007', 'Bob+oncall@Example.com')).toEqual({
      id: 'slack:T0123:U0007',
      displayName: 'bob+oncall@example.com',
      kubernetes: { user: 'bob+oncall@example.com', groups: ['everybody'] },
      source: 'slack',
    });
  });

  it('names the Kubernetes user by the part before the @ where the file says so', async () => {
    const text = FILE.replace('[example.com, example.org]', "[example.com], user: '{local}'");
    const bob = (await people(text)).findSlackPerson('T0123', 'U0007', 'bob@example.com');
    expect(bob?.kubernetes.user).toBe('bob');
  });

  it.each([
    ['another domain', 'bob@example.net'],
    ['a domain that only ends like ours', 'bob@evil-example.com'],
    ['a domain below ours', 'bob@mail.example.com'],
    ['a domain that begins like ours', 'bob@example.com.evil.example'],
    ['a homoglyph domain', 'bob@exаmple.com'],
    ['a trailing dot', 'bob@example.com.'],
    ['two addresses', 'bob@evil.example,bob@example.com'],
    ['nothing', ''],
  ])('does not know %s', async (_what, email) => {
    expect((await people()).findSlackPerson('T0123', 'U0007', email)).toBeUndefined();
  });

  it('knows the same address in one workspace only, so that nobody approves their own plan', async () => {
    const directory = await people();
    expect(directory.findSlackPerson('T0123', 'U0007', 'bob@example.com')).toBeDefined();
    expect(directory.findSlackPerson('T0999', 'U0007', 'bob@example.com')).toBeUndefined();
    expect(directory.mapsEmailsOf('T0999')).toBe(false);
  });

  it.each([
    ['a person of the file', 'ada@example.com'],
    ['the local person', 'grace@example.com'],
  ])('does not make a second account of %s', async (_who, email) => {
    expect((await people()).findSlackPerson('T0123', 'U0007', email)).toBeUndefined();
  });

  it('takes the entry of a person before their address', async () => {
    const ada = (await people()).findSlackPerson('T0123', 'U0001', 'lin@example.com');
    expect(ada?.kubernetes.user).toBe('ada@example.com');
    expect(ada?.teams).toEqual(['payments-leads', 'sre']);
  });

  it('gives teams by account, confirmed address and place, with their groups once each', async () => {
    const directory = await people();
    const ada = directory.findSlackPerson('T0123', 'U0001');
    expect(ada).toMatchObject({
      teams: ['payments-leads'],
      kubernetes: { groups: ['payments', 'payments-admins'] },
    });
    const lin = directory.findSlackPerson('T0123', 'U0009', 'lin@example.com');
    expect(lin).toMatchObject({
      teams: ['payments-leads', 'sre'],
      kubernetes: { groups: ['everybody', 'payments-admins', 'payments', 'sre'] },
    });
    expect(directory.localPerson.teams).toEqual(['payments-leads']);
    expect(directory.findSlackPerson('T0999', 'U0001', 'lin@example.com')?.teams).toBeUndefined();
  });

  it('makes nobody who has the user of self-healing', async () => {
    const text = `${FILE}automation: { selfHealing: { user: healer@example.com } }\n`;
    const directory = await people(text);
    expect(directory.automation?.kubernetes.user).toBe('healer@example.com');
    expect(directory.findSlackPerson('T0123', 'U0007', 'Healer@example.com')).toBeUndefined();
  });

  it('makes nobody out of nothing, and never somebody without a user of their own', async () => {
    const directory = await people();
    const texts = fc.oneof(
      fc.constantFrom('', 'U0001', 'T0123', 'T0999', '__proto__', 'constructor', 'T0123/U0001'),
      fc.string(),
    );
    const emails = fc.option(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), { nil: undefined });
    fc.assert(
      fc.property(texts, texts, emails, (team, user, email) => {
        const found = directory.findSlackPerson(team, user, email);
        if (found === undefined) return;
        expect(found.id).toBe(`slack:${team}:${user}`);
        expect(found.kubernetes.user).toMatch(/^[\x21-\x7e]+$/);
        expect(found.kubernetes.user).not.toMatch(/^system:/);
        expect(found.kubernetes.groups.filter((group) => group.startsWith('system:'))).toEqual([]);
      }),
    );
  });
});

describe('a principals file', () => {
  it.each([
    [
      'a team that brings a system: group',
      FILE.replace('kubernetes: [sre] }', "kubernetes: ['system:masters'] }"),
      'must not be a system',
    ],
    [
      'an address rule that brings one',
      FILE.replace('[everybody]', "['system:nodes']"),
      'must not be a system',
    ],
    ['a domain in upper case', FILE.replace('example.org', 'Example.org'), 'domain in lower case'],
    ['a domain with a wildcard', FILE.replace('example.org', "'*.example.org'"), 'domain in lower case'],
    ['a homoglyph domain', FILE.replace('example.org', 'exаmple.org'), 'domain in lower case'],
    [
      'any other template',
      FILE.replace('groups: [everybody]', "user: '{id}'"),
      'must be "{email}" or "{local}"',
    ],
    ['{local} with two domains', FILE.replace('groups: [everybody]', "user: '{local}'"), 'would be one user'],
    ['no workspace for addresses', FILE.replace('team: T0123, domains', 'domains'), 'emails.team'],
    ['a bare user id as a member', FILE.replace('T0123/U0001', 'U0001'), 'must be TEAM/USER'],
    ['a member of another domain', FILE.replace('[lin@', '[lin@sub.'), 'is never trusted'],
    ['a member in upper case', FILE.replace('[lin@', '[Lin@'), 'lower-case ASCII'],
    ['addresses as members without a rule', FILE.replace(/emails:.*/, ''), 'there is no emails section'],
    [
      'a Kubernetes user that is not ASCII',
      FILE.replace('user: ada-partner', 'user: аda'),
      'printable ASCII',
    ],
  ])('is refused with %s', async (_what, text, problem) => {
    expect(text).not.toBe(FILE);
    expect(await problemsOf(text)).toContain(problem);
  });
});
