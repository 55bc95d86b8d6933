import { BUILT_IN_POLICY, type PolicyBook } from '@jamie/policy';
import { describe, expect, it } from '@jest/globals';
import { healingRulesOf } from './open-healing.ts';

const ACT = {
  level: 'act',
  remediations: [],
  attempts: 3,
  memoryCeilingBytes: 0,
  rolloutWaitMs: 0,
  reportTo: [],
} as const;
const OFF = { ...ACT, level: 'off' } as const;

function rulesOf(over: Partial<PolicyBook>) {
  return healingRulesOf({ current: () => ({ ...BUILT_IN_POLICY, ...over }) });
}

describe('healingRulesOf', () => {
  it('is off without a policy', () => {
    expect(rulesOf({}).isOn()).toBe(false);
    expect(rulesOf({}).attemptsIn('payments')).toBe(0);
  });

  it('is on with a namespace, or with the nodes alone', () => {
    expect(rulesOf({ autonomousNamespaces: ['payments'] }).isOn()).toBe(true);
    expect(rulesOf({ autonomyOf: (place) => (place === undefined ? ACT : OFF) }).isOn()).toBe(true);
  });

  it('follows the policy, and counts no attempts where nothing may happen', () => {
    const rules = rulesOf({ autonomyOf: (place) => (place === 'payments' ? ACT : OFF) });
    expect([rules.attemptsIn('payments'), rules.attemptsIn('shop'), rules.attemptsIn(undefined)]).toEqual([
      3, 0, 0,
    ]);
  });
});
