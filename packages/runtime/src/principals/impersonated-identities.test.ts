import { describe, expect, it } from '@jest/globals';
import { impersonatedIdentities } from './impersonated-identities.ts';
import { parsePrincipals } from './read-principals.ts';

const identitiesOf = async (text: string) => impersonatedIdentities(await parsePrincipals('p.yaml', text));

describe('impersonatedIdentities', () => {
  it('names every user and group that anybody of the file can become', async () => {
    const identities = await identitiesOf(`
people:
  - { name: Ada, slack: { team: T0123, user: U0001 }, kubernetes: { user: ada, groups: [dev, payments] } }
local: { kubernetes: { user: grace, groups: [sre] } }
emails: { team: T0123, domains: [example.com], groups: [everybody] }
automation: { selfHealing: { groups: [healers] } }
groups: { leads: { members: [T0123/U0001], kubernetes: [payments, leads] } }
`);
    expect(identities).toEqual({
      users: ['ada', 'grace', 'jamie-scarlet:self-healing'],
      groups: ['dev', 'everybody', 'healers', 'leads', 'payments', 'sre'],
      hasFurtherUsers: true,
    });
  });

  it('names the local person where there is nobody else', async () => {
    expect(await identitiesOf('')).toEqual({
      users: ['jamie:local'],
      groups: ['jamie-operators'],
      hasFurtherUsers: false,
    });
  });
});
