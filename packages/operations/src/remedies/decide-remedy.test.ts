import { type ObjectManager, RISK_TIERS } from '@jamie/core';
import { aPlan } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideRemedy } from './decide-remedy.ts';
import { NOT_FROZEN } from './remedies.fixture.ts';

const FREEZE = { frozen: true, reason: 'the sale' };
const ACT = { level: 'act' } as const;

function manager(reverts: boolean): ObjectManager {
  const ref = { kind: 'Deployment', namespace: 'shop', name: 'cart' } as const;
  const name = 'Argo CD application shop';
  return { kind: 'argo_cd', name, ref, evidence: 'a label', reverts, advice: 'Change it in git.' };
}

function plan(tier: (typeof RISK_TIERS)[number], managers: readonly ObjectManager[] = []) {
  return { risk: { ...aPlan().risk, tier, reasons: ['two pods restart'] }, managers };
}

describe('decideRemedy', () => {
  it.each(['low', 'medium'] as const)('starts what is of %s risk where the team lets it act', (tier) => {
    expect(decideRemedy(plan(tier, [manager(false)]), ACT, NOT_FROZEN)).toEqual({ kind: 'start' });
  });

  it('asks people where the team lets it be suggested', () => {
    expect(decideRemedy(plan('low'), { level: 'suggest' }, NOT_FROZEN)).toMatchObject({
      kind: 'suggest',
      reason: 'level',
    });
  });

  it('asks people about what is high risk, and says why', () => {
    expect(decideRemedy(plan('high'), ACT, NOT_FROZEN)).toEqual({
      kind: 'suggest',
      reason: 'high_risk',
      why: 'It is high risk (two pods restart), so people decide.',
    });
  });

  it('asks people about what somebody else would take back, and names them', () => {
    expect(decideRemedy(plan('low', [manager(false), manager(true)]), ACT, NOT_FROZEN)).toEqual({
      kind: 'suggest',
      reason: 'owner_reverts',
      why: 'Argo CD application shop would take it back. Change it in git.',
    });
  });

  it('starts nothing while all changes are frozen', () => {
    expect(decideRemedy(plan('low'), ACT, FREEZE)).toEqual({
      kind: 'suggest',
      reason: 'frozen',
      why: 'All changes are frozen (the sale), so nothing starts by itself.',
    });
  });

  it('starts nothing but what the team lets act, of low or medium risk, that nobody takes back, unfrozen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RISK_TIERS),
        fc.constantFrom('suggest' as const, 'act' as const),
        fc.array(fc.boolean(), { maxLength: 3 }),
        fc.boolean(),
        (tier, level, reverting, frozen) => {
          const decision = decideRemedy(
            plan(tier, reverting.map(manager)),
            { level },
            { frozen, reason: 'x' },
          );
          const mayStart = level === 'act' && tier !== 'high' && !reverting.includes(true) && !frozen;
          expect(decision.kind).toBe(mayStart ? 'start' : 'suggest');
        },
      ),
    );
  });
});
