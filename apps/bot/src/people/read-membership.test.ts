import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readMembership, type SlackAccount } from './read-membership.ts';

const ADA = { teamId: 'T1', userId: 'U1' };
const MEMBER = {
  id: 'U1',
  team_id: 'T1',
  deleted: false,
  is_bot: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_stranger: false,
  is_email_confirmed: true,
  profile: { email: 'ada@example.com' },
};

describe('readMembership', () => {
  it('knows a full member, and their address where Slack has confirmed it', () => {
    expect(readMembership(MEMBER, ADA)).toEqual({ kind: 'member', email: 'ada@example.com' });
    expect(readMembership({ ...MEMBER, is_email_confirmed: false }, ADA)).toEqual({ kind: 'member' });
    expect(readMembership({ ...MEMBER, is_email_confirmed: undefined }, ADA)).toEqual({ kind: 'member' });
  });

  it.each([
    ['somebody else', { id: 'U2' }, 'other_workspace'],
    ['nobody in particular', { id: undefined }, 'other_workspace'],
    ['another workspace', { team_id: 'T2' }, 'other_workspace'],
    ['no workspace', { team_id: undefined }, 'other_workspace'],
    ['a stranger of Slack Connect', { is_stranger: true }, 'guest'],
    ['a deactivated account', { deleted: true }, 'deactivated'],
    ['an app', { is_bot: true }, 'bot'],
    ['a guest', { is_restricted: true }, 'guest'],
    ['a guest of one channel', { is_ultra_restricted: true }, 'guest'],
    ['a mark in another form', { is_restricted: 'true' }, 'guest'],
  ])('refuses %s', (_what, traits, reason) => {
    expect(readMembership({ ...MEMBER, ...traits }, ADA)).toEqual({ kind: 'none', reason });
  });

  it('refuses Slackbot, who says that it is no bot', () => {
    const slackbot = { ...MEMBER, id: 'USLACKBOT' };
    expect(readMembership(slackbot, { teamId: 'T1', userId: 'USLACKBOT' })).toMatchObject({ reason: 'bot' });
  });

  it('lets in only whom every word of Slack lets in, whatever it says', () => {
    const mark = fc.constantFrom(false, true, undefined, null, 'false', 0, 1, {});
    const accounts = fc.record(
      {
        id: fc.constantFrom('U1', 'U2', undefined, 7),
        team_id: fc.constantFrom('T1', 'T2', undefined, ['T1']),
        deleted: mark,
        is_bot: mark,
        is_restricted: mark,
        is_ultra_restricted: mark,
        is_stranger: mark,
        is_email_confirmed: mark,
        profile: fc.record(
          { email: fc.oneof(fc.constant('ada@example.com'), fc.constant(undefined), fc.integer()) },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<SlackAccount>;
    const biased = fc.tuple(accounts, fc.subarray(Object.keys(MEMBER))).map(([account, kept]) => ({
      ...MEMBER,
      ...Object.fromEntries(kept.map((key) => [key, account[key as keyof SlackAccount]])),
    }));
    fc.assert(
      fc.property(biased, (account) => {
        const marks = [
          account.deleted,
          account.is_bot,
          account.is_restricted,
          account.is_ultra_restricted,
          account.is_stranger,
        ];
        const mayCome =
          account.id === 'U1' &&
          account.team_id === 'T1' &&
          marks.every((value) => value === false || value === undefined || value === null);
        const membership = readMembership(account, ADA);
        expect(membership.kind).toBe(mayCome ? 'member' : 'none');
        const isConfirmed =
          account.is_email_confirmed === true && account.profile?.email === 'ada@example.com';
        expect('email' in membership).toBe(mayCome && isConfirmed);
      }),
      { numRuns: 1_000 },
    );
  });
});
