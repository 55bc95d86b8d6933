import type { CheckResult } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { sortChecks, summariseChecks } from './connection-summary.ts';

const check = (name: string, status: CheckResult['status']): CheckResult => ({
  name,
  status,
  detail: '',
  mend: '',
});

describe('summariseChecks', () => {
  it('counts what is connected, what needs attention and what is not set up', () => {
    const checks = [check('a', 'ok'), check('b', 'failed'), check('c', 'warning'), check('d', 'off')];
    expect(summariseChecks(checks)).toBe('1 connected, 2 need attention, 1 not set up');
    expect(summariseChecks([check('a', 'failed')])).toBe('0 connected, 1 needs attention');
  });

  it('does not claim anything before the first answer', () => {
    expect(summariseChecks(undefined)).toBe('Checking connections');
  });
});

describe('sortChecks', () => {
  it('puts what needs a hand first and keeps the order of the rest', () => {
    const checks = [check('a', 'off'), check('b', 'ok'), check('c', 'ok'), check('d', 'failed')];
    expect(sortChecks(checks).map(({ name }) => name)).toEqual(['d', 'b', 'c', 'a']);
  });
});
