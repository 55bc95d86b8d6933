import type { FreezeState, Principal } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { decideFreeze, describeThaw, type FreezeRule } from './freeze.ts';

function someone(
  name: string,
  teams: readonly string[] = [],
  source: Principal['source'] = 'slack',
): Principal {
  return { id: `slack:T1:${name}`, displayName: name, kubernetes: { user: name, groups: [] }, teams, source };
}

const ADA = someone('ada', ['on-call']);
const BOB = someone('bob');
const EVE = someone('eve', ['leads']);
const ROBOT = someone('robot', ['leads', 'on-call'], 'automation');

const LIFTED: FreezeState = { frozen: false, reason: '', at: 0, version: 0 };
const FROZEN_BY_BOB: FreezeState = { frozen: true, reason: 'incident', by: BOB, at: 0, version: 1 };

const NOTHING_SAID: FreezeRule | undefined = undefined;
const ON_CALL: FreezeRule = { teams: ['on-call'] };
const LEADS_THAW: FreezeRule = { thawTeams: ['leads'] };
const BOTH: FreezeRule = { teams: ['on-call', 'leads'], thawTeams: ['leads'] };

describe('decideFreeze', () => {
  it.each<[string, Principal, FreezeRule | undefined, 'allow' | 'refuse']>([
    ['anybody where no policy says who', BOB, NOTHING_SAID, 'allow'],
    ['a member of the team that is named', ADA, ON_CALL, 'allow'],
    ['anybody where only lifting is kept to a team', BOB, LEADS_THAW, 'allow'],
    ['nobody of another team', EVE, ON_CALL, 'refuse'],
    ['nobody without a team', BOB, BOTH, 'refuse'],
    ['an automation where no policy says who', { ...ROBOT, teams: [] }, NOTHING_SAID, 'allow'],
  ])('lets changes be stopped by %s', (_, by, rule, kind) => {
    expect(decideFreeze(LIFTED, true, by, rule).kind).toBe(kind);
  });

  it.each<[string, Principal, FreezeRule | undefined, 'allow' | 'refuse']>([
    ['anybody where no policy says who', EVE, NOTHING_SAID, 'allow'],
    ['whoever stopped them', BOB, LEADS_THAW, 'allow'],
    ['a member of the team that is named', EVE, BOTH, 'allow'],
    ['a member of the team that may stop them, where no other is named', ADA, ON_CALL, 'allow'],
    ['nobody who may only stop them', ADA, BOTH, 'refuse'],
    ['nobody of another team', EVE, ON_CALL, 'refuse'],
    ['no automation, whatever its teams', ROBOT, BOTH, 'refuse'],
    ['no automation where no policy says who', ROBOT, NOTHING_SAID, 'refuse'],
  ])('lets changes go again by %s', (_, by, rule, kind) => {
    expect(decideFreeze(FROZEN_BY_BOB, false, by, rule).kind).toBe(kind);
  });

  it('says in a refusal who can', () => {
    expect(decideFreeze(LIFTED, true, BOB, BOTH)).toEqual({
      kind: 'refuse',
      reason: 'other_team',
      message: 'Only people in on-call or leads may.',
    });
    expect(decideFreeze(FROZEN_BY_BOB, false, ADA, BOTH)).toMatchObject({
      message: 'bob, who froze them, and people in leads may lift it.',
    });
  });
});

describe('describeThaw', () => {
  it('names everybody where no policy says who', () => {
    expect(describeThaw(FROZEN_BY_BOB, undefined)).toBe('Everybody who is known here may lift it.');
  });

  it('names the teams alone where nobody is known to have stopped them', () => {
    expect(describeThaw({ ...LIFTED, frozen: true }, ON_CALL)).toBe('People in on-call may lift it.');
  });
});
