import type { EvidenceId, Reply } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../../agents-world.fixture.ts';
import type { Intent } from '../../grammar/command-list.ts';
import type { JamieRun } from '../jamie-run.ts';
import { JAMIE_STATE_FORMAT, type JamieState, readJamieState } from '../jamie-state.ts';
import { withModelLine } from '../model-line.ts';
import { check } from './check.ts';
import { gather } from './gather.ts';

const REPLY: Reply = {
  tone: 'answer',
  headline: 'Deployment shop/checkout: container app exits with code 1.',
  sections: [
    { kind: 'text', lines: ['Container app exits with code 1 again and again. [E1]'] },
    {
      kind: 'evidence',
      evidence: [
        {
          id: 'E1' as EvidenceId,
          source: 'object',
          ref: { kind: 'Pod', namespace: 'shop', name: 'checkout-1' },
          where: 'status.containerStatuses[app].lastState',
          observedAt: 0,
          text: 'exit code 1, reason Error, 6 restarts',
        },
      ],
    },
  ],
  proposals: [],
};

const STATE: JamieState = {
  format: JAMIE_STATE_FORMAT,
  gathered: { reply: REPLY },
  model: { kind: 'used', model: 'scripted', use: 'worded' },
};

describe('check', () => {
  it('drops what the evidence does not bear out, whoever put it into the checkpoint', async () => {
    const sentences = [
      'Container app exits with code 1 [E1].',
      'The disk holds 42 errors [E1].',
      'All is well.',
    ];
    expect(await check({ ...STATE, sentences })).toEqual({
      sentences: ['Container app exits with code 1 [E1].'],
    });
  });

  it('says that nothing of the model was used when nothing is left', async () => {
    expect(await check({ ...STATE, sentences: ['All is well.'] })).toMatchObject({
      sentences: [],
      model: { kind: 'failed' },
    });
  });
});

describe('gather', () => {
  const intent: Intent = { kind: 'why', words: ['checkout'], place: {} };
  const understood = { kind: 'read', intent, mayChoose: false } as const;

  it.each([
    ['would store something', { changes: [{ kind: 'inbox.finish', id: 'x' }] }],
    ['is a card', { isCard: true }],
    ['carries a file', { reply: { ...REPLY, files: [{ name: 'a.log', title: 'A', text: '' }] } }],
    ['is too long', { reply: { ...REPLY, headline: 'x'.repeat(200_001) } }],
  ])('keeps no outcome that %s', async (_what, over) => {
    const world = new AgentsWorld();
    const run = {
      context: world.context,
      question: '',
      answerIntent: async () => ({ reply: REPLY, ...over }),
    } as unknown as JamieRun;
    expect(await gather({ ...STATE, understood }, run)).toEqual({
      understood: { kind: 'hand_over', intent },
    });
    await world.destroy();
  });
});

describe('what gather keeps', () => {
  it('holds no secret, though a handler let one through', async () => {
    const intent: Intent = { kind: 'why', words: ['checkout'], place: {} };
    const lines = ['login failed with password=hunter2'];
    const leaky = { ...REPLY, sections: [{ kind: 'text', lines }] };
    const run = { question: '', answerIntent: async () => ({ reply: leaky }) } as unknown as JamieRun;
    const kept = await gather({ ...STATE, understood: { kind: 'read', intent, mayChoose: false } }, run);
    expect(JSON.stringify(kept)).toContain('login failed');
    expect(JSON.stringify(kept)).not.toContain('hunter2');
  });
});

describe('withModelLine', () => {
  const lastLine = (reply: Reply) => {
    const last = reply.sections.at(-1);
    return last?.kind === 'text' ? last.lines.at(-1) : undefined;
  };

  it('says it once and last, whatever the command said before', () => {
    const before: Reply = {
      ...REPLY,
      sections: [
        { kind: 'text', lines: ['Checked 3 objects. No model was used.'] },
        { kind: 'text', lines: ['A good moment for tea.'] },
      ],
    };
    const reply = withModelLine(before, { kind: 'off' });
    expect(lastLine(reply)).toBe('No model was used: it is off.');
    expect(JSON.stringify(reply).match(/No model/g)).toHaveLength(1);
    expect(JSON.stringify(reply)).toContain('Checked 3 objects.');
  });

  it.each([
    [{ kind: 'off' } as const, /off/],
    [{ kind: 'unused', model: 'm' } as const, /No model was used\.$/],
    [{ kind: 'used', model: 'm', use: 'worded' } as const, /m put it in words/],
    [
      { kind: 'failed', model: 'm', reason: 'it is away', chose: false } as const,
      /No model was used: it is away/,
    ],
    [{ kind: 'failed', model: 'm', reason: 'it is away', chose: true } as const, /m chose .*it is away/],
  ])('tells %j apart', (use, words) => {
    expect(lastLine(withModelLine(REPLY, use))).toMatch(words);
  });

  it.each(['off', 'unused'] as const)('leaves a question back alone while the model is %s', (kind) => {
    const asked = { ...REPLY, tone: 'refusal' as const };
    expect(withModelLine(asked, kind === 'off' ? { kind } : { kind, model: 'm' })).toBe(asked);
    const failed = { kind: 'failed', model: 'm', reason: 'it is away', chose: false } as const;
    expect(lastLine(withModelLine(asked, failed))).toContain('it is away');
  });

  it('leaves a word of thanks alone', () => {
    const thanks = { ...REPLY, sections: [] };
    expect(withModelLine(thanks, { kind: 'off' })).toBe(thanks);
  });
});

describe('readJamieState', () => {
  it('takes no state of another format, and no intent that the grammar would not give', () => {
    expect(readJamieState(STATE)).toEqual(STATE);
    expect(readJamieState({ ...STATE, format: 0 })).toBeUndefined();
    for (const intent of [{ kind: 'scale', words: ['x'] }, { kind: 'drop' }, 'why']) {
      expect(readJamieState({ ...STATE, understood: { kind: 'hand_over', intent } })).toBeUndefined();
    }
  });
});
