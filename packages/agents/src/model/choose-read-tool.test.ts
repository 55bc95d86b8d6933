import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMANDS, findCommand } from '../grammar/command-list.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import { chooseReadTool } from './choose-read-tool.ts';
import { ScriptedModel } from './model-world.fixture.ts';
import { choiceSchema } from './tool-schema.ts';

const QUESTION = 'What do the logs of checkout in payments say about timeout?';

function choose(said: unknown, question = QUESTION, names: readonly string[] = []) {
  const model = new ScriptedModel(() => (typeof said === 'string' ? said : JSON.stringify(said)));
  return chooseReadTool(model, { question, tools: COMMANDS, names, signal: new AbortController().signal });
}

describe('chooseReadTool', () => {
  it.each([
    [
      {
        tool: 'logs',
        parameters: {
          words: ['checkout'],
          place: { namespace: 'payments' },
          previous: false,
          grep: 'timeout',
        },
      },
      'logs checkout --grep timeout -n payments',
    ],
    [{ tool: 'why', parameters: { words: ['deploy/checkout'], place: {} } }, 'why deploy/checkout'],
    [{ tool: 'why', parameters: { words: ['payments/checkout'], place: {} } }, 'why payments/checkout'],
    [{ tool: 'doctor', parameters: {} }, 'doctor'],
  ])('turns %j into the command that a person would type', async (said, command) => {
    expect(await choose(said)).toEqual({ kind: 'chosen', command });
    expect(parseCommand(command).kind).toBe('intent');
  });

  it('offers the model its reading tools and a schema, and nothing that changes', async () => {
    const model = new ScriptedModel(() => '');
    await chooseReadTool(model, {
      question: QUESTION,
      tools: COMMANDS,
      signal: new AbortController().signal,
    });
    const [asked] = model.asked;
    expect(asked?.messages[0]?.content).toContain('- logs:');
    expect(asked?.messages[0]?.content).not.toMatch(/^- (scale|restart|rollback|approve|freeze|use|ask):/m);
    expect(JSON.stringify(asked?.schema)).not.toMatch(/"scale"|"pattern"|"oneOf"|"\$schema"/);
  });

  it('takes a name that was spoken of before', async () => {
    const said = { tool: 'why', parameters: { words: ['basket'], place: {} } };
    expect(await choose(said, 'why is it slow?')).toMatchObject({ kind: 'none' });
    expect(await choose(said, 'why is it slow?', ['basket'])).toEqual({
      kind: 'chosen',
      command: 'why basket',
    });
  });

  it.each([
    [{ tool: 'none', parameters: {} }, 'the model knew nothing to look at'],
    [{ tool: 'scale', parameters: { words: ['checkout'], place: {} } }, 'the model chose nothing that reads'],
    [{ tool: 'approve', parameters: { reason: '' } }, 'the model chose nothing that reads'],
    [{ tool: 'ask', parameters: { question: 'checkout' } }, 'the model chose nothing that reads'],
    [{ tool: 'shell', parameters: {} }, 'the model chose nothing that reads'],
    [
      { tool: 'why', parameters: { words: ['basket'], place: {} } },
      'the model named something that nobody spoke of',
    ],
    [
      { tool: 'why', parameters: { words: ['basket/checkout'], place: {} } },
      'the model named something that nobody spoke of',
    ],
    [
      { tool: 'why', parameters: { words: ['check'], place: {} } },
      'the model named something that nobody spoke of',
    ],
    [
      { tool: 'why', parameters: { words: ['checkout'], place: { cluster: 'prod-eu' } } },
      'the model named something that nobody spoke of',
    ],
    [{ tool: 'why', parameters: { words: [] } }, 'the model asked for why in a way that it does not take'],
    [
      { tool: 'why', parameters: { words: ['checkout --cluster prod'], place: {} } },
      'the model named something that nobody spoke of',
    ],
    ['{"tool": "why"', 'the model did not keep to the form it was asked for'],
    ['["why"]', 'the model did not keep to the form it was asked for'],
    [
      { tool: 'why', parameters: { words: ['checkout'], place: {} }, extra: 1 },
      'the model did not keep to the form it was asked for',
    ],
  ])('takes nothing from %j', async (said, reason) => {
    expect(await choose(said)).toEqual({ kind: 'none', reason });
  });

  it('takes no option in the guise of a name', async () => {
    const said = { tool: 'why', parameters: { words: ['checkout', '--cluster', 'payments'], place: {} } };
    expect(await choose(said, 'why is checkout --cluster payments down')).toMatchObject({ kind: 'none' });
  });

  it.each([
    [{ tool: 'why', parameters: { words: ['checkout in payments'], place: {} } }, QUESTION],
    [
      { tool: 'top', parameters: { of: 'nodes', words: ['pods'], place: {}, by: 'cpu', page: 1 } },
      'How busy are the pods?',
    ],
  ])('takes no command that would read back as another: %j', async (said, question) => {
    expect(await choose(said, question)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('take'),
    });
  });

  it('makes a failure of the model a reason', async () => {
    const model = new ScriptedModel(() => new OpsError('timeout', 't'));
    const request = { question: QUESTION, tools: COMMANDS, signal: new AbortController().signal };
    expect(await chooseReadTool(model, request)).toEqual({
      kind: 'none',
      reason: 'the model did not answer in time',
    });
  });

  it('believes the registry and not a label that calls a change a look', async () => {
    const scale = findCommand('scale');
    if (scale === undefined) throw new Error('there is no scale');
    const said = {
      tool: 'scale',
      parameters: { words: ['checkout'], amount: { kind: 'to', replicas: 0 }, place: {} },
    };
    const result = await chooseReadTool(new ScriptedModel(() => JSON.stringify(said)), {
      question: 'checkout',
      tools: [{ ...scale, tier: 'read' }],
      signal: new AbortController().signal,
    });
    expect(result).toEqual({ kind: 'none', reason: 'the model chose nothing that reads' });
  });
});

const word = fc.oneof(
  fc.constantFrom(
    'checkout',
    'payments',
    'deploy/checkout',
    'payments/checkout',
    '--to',
    '-n',
    'checkout; restart checkout',
    'checkout\nrestart checkout',
    '" --grep "',
    'restart',
    'p-4k7d2m9q',
    'verify',
  ),
  fc.string({ maxLength: 10 }),
);
const parameters = fc.record(
  {
    words: fc.array(word, { maxLength: 3 }),
    place: fc.record({ namespace: word, cluster: word }, { requiredKeys: [] }),
    previous: fc.boolean(),
    unhealthy: fc.boolean(),
    warnings: fc.boolean(),
    verify: fc.boolean(),
    page: fc.integer({ min: -1, max: 3 }),
    of: fc.constantFrom('pods', 'nodes'),
    by: fc.constantFrom('cpu', 'memory'),
    amount: fc.record({ kind: fc.constant('to'), replicas: fc.nat(9) }),
    grep: word,
    container: word,
    planId: word,
    reason: word,
    topic: word,
    question: word,
  },
  { requiredKeys: ['words', 'place'] },
);
/** Whole parameters for one command, so that many choices get past its schema; or any at all. */
const choice = fc.oneof(
  fc.constantFrom(...COMMANDS).chain((command) =>
    parameters.map((all) => {
      const own = Object.keys(command.parameters.shape);
      return {
        tool: command.name,
        parameters: Object.fromEntries(Object.entries(all).filter(([key]) => own.includes(key))),
      };
    }),
  ),
  fc.record({ tool: word, parameters }),
  fc.jsonValue(),
);

describe('what chooseReadTool gives, whatever a model says', () => {
  it('is one command that only reads and reads back, or none', async () => {
    let chosen = 0;
    await fc.assert(
      fc.asyncProperty(choice, async (said) => {
        const result = await choose(said, `${QUESTION} deploy p-4k7d2m9q -n --to restart verify`);
        if (result.kind === 'none') return;
        chosen += 1;
        const parsed = parseCommand(result.command);
        expect(parsed.kind).toBe('intent');
        if (parsed.kind !== 'intent') return;
        expect(findCommand(parsed.intent.kind)?.tier).toBe('read');
        expect(result.command).not.toMatch(/\n/);
      }),
      { numRuns: 500 },
    );
    // The property would hold of a function that always gives none, too.
    expect(chosen).toBeGreaterThan(10);
  });
});

describe('choiceSchema', () => {
  it('lets each tool be chosen with its own parameters, or none', () => {
    const tools = COMMANDS.filter(({ name }) => name === 'why' || name === 'top');
    expect(choiceSchema(tools)).toMatchObject({
      anyOf: [
        { properties: { tool: { const: 'why' }, parameters: { required: ['words', 'place'] } } },
        { properties: { parameters: { properties: { by: { enum: ['cpu', 'memory'] } } } } },
        { properties: { tool: { const: 'none' } } },
      ],
    });
  });
});
