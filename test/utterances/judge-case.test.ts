import { parseCommand } from '@jamie/agents/grammar';
import { describe, expect, it } from '@jest/globals';
import { judgeCase } from './judge-case.ts';
import { utteranceCaseSchema } from './utterance-case.ts';

function judge(label: Readonly<Record<string, unknown>>, understood: string) {
  const utterance = utteranceCaseSchema.parse({ id: 'u001', category: 'scale', say: 'anything', ...label });
  const verdict = judgeCase(utterance, parseCommand(understood));
  return verdict.kind === 'harm' ? verdict.reason : verdict.kind;
}

describe('judgeCase', () => {
  it.each([
    ['scale checkout 5 -n payments', 'scale payments/checkout 5', 'right'],
    ['restart deploy/checkout', 'restart deployment/checkout', 'right'],
    ['scale checkout 5', 'scale checkout 6', 'wrong_target'],
    ['scale checkout +2', 'scale checkout 2', 'wrong_target'],
    ['scale checkout 5 -n payments', 'scale checkout 5', 'wrong_target'],
    ['restart checkout', 'restart checkout -n shop', 'wrong_target'],
    ['restart checkout', 'restart checkout --cluster prod-us', 'wrong_target'],
    ['restart checkout', 'restart sts/checkout', 'wrong_target'],
    ['restart orders', 'restart order', 'wrong_target'],
    ['restart checkout', 'rollback checkout', 'wrong_target'],
    ['rollback checkout --to 3', 'rollback checkout', 'wrong_target'],
    ['approve p-4k7d2m9q', 'approve p-2b6c9d4f', 'wrong_target'],
    ['restart checkout', 'why checkout', 'different'],
    ['deny too risky', 'deny', 'different'],
    ['freeze incident 42', 'freeze Incident 42!', 'right'],
    ['why checkout', 'restart checkout', 'question_to_write'],
    ['thanks', 'approve', 'question_to_write'],
    ['pods', 'pods it', 'different'],
    ['why', 'why it', 'right'],
  ])('where "%s" was meant, takes "%s" for %s', (means, understood, expected) => {
    expect(judge({ means }, understood)).toBe(expected);
  });

  it('takes a write for a lost qualifier where only a question is right', () => {
    expect(judge({ asks: 'condition' }, 'restart checkout')).toBe('lost_qualifier');
  });

  it('takes a read for a miss where only a question is right', () => {
    expect(judge({ asks: 'condition' }, 'why checkout')).toBe('different');
  });

  it('accepts any of several labels', () => {
    expect(judge({ means: ['audit', 'why checkout'] }, 'why checkout')).toBe('right');
  });

  it('accepts a question back only where the label allows it', () => {
    expect(judge({ means: 'restart checkout', orAsks: true }, 'restart --nonsense')).toBe('right');
    expect(judge({ means: 'restart checkout' }, 'restart --nonsense')).toBe('different');
  });
});
