import type { Check, CheckResult } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';

function check(name: string, status: CheckResult['status'], mend = ''): Check {
  return async () => ({ name, status, detail: `${name} is ${status}`, mend });
}

const OK = check('Store', 'ok');
const OFF = check('Slack', 'off', 'Set SLACK_MODE');
const WARNING = check('People', 'warning', 'Write a principals file');
const FAILED = check('Clusters', 'failed', 'Check the network');

async function ask(text: string, checks: readonly Check[]) {
  const world = new AgentsWorld({ checks });
  try {
    return await world.ask(text);
  } finally {
    await world.destroy();
  }
}

async function rowsOf(text: string, checks: readonly Check[]) {
  const { sections } = await ask(text, checks);
  return sections.flatMap((section) => (section.kind === 'table' ? section.rows : []));
}

describe('doctor', () => {
  it('lists every check, worst first, each with the step that mends it', async () => {
    expect(await rowsOf('doctor', [OFF, OK, WARNING, FAILED])).toEqual([
      ['Clusters', 'failed', 'Clusters is failed', 'Check the network'],
      ['People', 'warning', 'People is warning', 'Write a principals file'],
      ['Store', 'ok', 'Store is ok', ''],
      ['Slack', 'off', 'Slack is off', 'Set SLACK_MODE'],
    ]);
  });

  it.each([
    ['the worst', [OK, WARNING, FAILED], 'Clusters: Clusters is failed. 1 more check needs a look.'],
    ['a warning where nothing failed', [OK, WARNING, OFF], 'People: People is warning.'],
    ['that all is well', [OK, OFF], 'All is well: everything that is configured answers.'],
  ])('says %s in one line', async (_what, checks, headline) => {
    expect((await ask('doctor', checks)).headline).toBe(headline);
  });

  it('counts a check that fails itself as a failed one', async () => {
    const broken: Check = async () => {
      throw new OpsError('internal', 'the check has a fault');
    };
    const rows = await rowsOf('doctor', [OK, broken]);
    expect(rows[0]).toEqual(['Check 2', 'failed', 'the check has a fault', expect.any(String)]);
  });
});

describe('status', () => {
  it('says what does not answer, and leads to doctor for the rest', async () => {
    const reply = await ask('status', [OK, FAILED]);
    expect(reply.headline).toBe('Not answering: Clusters. No plan is open.');
    expect(reply.followUps).toEqual([{ label: 'How to mend it', command: 'doctor' }]);
  });

  it.each([
    ['on', check('Model', 'ok')],
    ['off', check('Model', 'off')],
  ])('says that the model is %s', async (state, model) => {
    const { sections } = await ask('status', [OK, model]);
    expect(JSON.stringify(sections)).toContain(`The model is ${state}`);
  });
});
