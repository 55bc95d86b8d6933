import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../run-cli.ts';
import { createRecordingTerminal } from '../testing/recording-terminal.ts';

const EXAMPLE = fileURLToPath(new URL('../../../../deploy/policy/policy.example.yaml', import.meta.url));

let directory = createTemporaryDirectory();
beforeEach(() => {
  directory = createTemporaryDirectory();
});
afterEach(() => directory.remove());

async function policy(...words: string[]) {
  const terminal = createRecordingTerminal({ JAMIE_DATA_DIR: directory.path });
  const code = await runCli(['policy', ...words], terminal);
  return { code, ...terminal.written };
}

function file(text: string): string {
  const path = join(directory.path, 'policy.yaml');
  writeFileSync(path, text);
  return path;
}

describe('jamie policy', () => {
  it('finds the example valid, and its tests pass', async () => {
    const checked = await policy('check', EXAMPLE);
    expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(/example-team@[0-9a-f]{12}/) });
    const tested = await policy('test', EXAMPLE);
    expect(tested.out).toContain('7 passed, 0 failed');
    expect(tested.code).toBe(0);
  });

  it('names every problem of a file, and where it stands', async () => {
    const { code, error } = await policy(
      'check',
      file(
        'version: 1\nname: x\nrules: [{name: a, when: "1 +", deny: "No."}]\nfreezes: [{name: f, from: a, until: b}]\n',
      ),
    );
    expect(code).not.toBe(0);
    expect(error).toContain('freezes[0].from');
  });

  it('fails where a test of the policy fails, and where there is none', async () => {
    const failing = `version: 1
name: x
tests:
  - name: scaling is refused
    given: { operations: [scale] }
    expect: { decision: deny }
`;
    const failed = await policy('test', file(failing));
    expect(failed).toMatchObject({ code: 1, out: expect.stringContaining('expected deny, got allow') });
    expect(await policy('test', file('version: 1\nname: x\n'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('no tests'),
    });
  });

  it('explains which rule decides, and why', async () => {
    const explained = await policy(
      'explain',
      EXAMPLE,
      '--operation',
      'restart',
      '--namespace',
      'payments-api',
      '--at',
      '2026-11-24T12:00:00Z',
    );
    expect(explained.out).toContain('Allowed, risk high: it moves money');
    expect(explained.out).toContain('of people in payments-leads');
    expect(explained.out).toContain(
      'Rule money-is-careful: fromTeams payments-leads, tier high (it moves money)',
    );
    const refused = await policy('explain', EXAMPLE, '--operation', 'scale', '--wanted-replicas', '99');
    expect(refused.out).toContain('Refused by replica-ceiling');
    expect(refused.out).toContain('By itself in default: nothing.');
  });

  it('explains what may happen by itself in the namespace of a change', async () => {
    const shop = await policy('explain', EXAMPLE, '--operation', 'rollback', '--namespace', 'shop');
    expect(shop.out).toContain(
      'By itself in shop: roll-back, raise-memory, delete-failed-pods, rerun-job is done unless it is high risk, ' +
        'at most 3 times a day for one fault, told to slack:T0123ABCD:C0001ABCD.\n' +
        'A rollout that fails at once is left to whoever made it for 5 min.',
    );
    const staging = file(
      'version: 1\nname: x\nautonomy: [{namespaces: [staging], level: suggest, remediations: [rerun-job], attempts: 1}]\n',
    );
    const suggested = await policy('explain', staging, '--operation', 'rerun_job', '--namespace', 'staging');
    expect(suggested.out).toContain(
      'By itself in staging: rerun-job is suggested, once a day for one fault, told to the page of this machine.',
    );
    expect(suggested.out).not.toContain('A rollout that fails');
  });

  it('finds a policy invalid that says two things about what may happen by itself', async () => {
    const entry = '{namespaces: [shop], level: act, remediations: [roll-back]}';
    const { code, error } = await policy(
      'check',
      file(`version: 1\nname: x\nautonomy: [${entry}, ${entry}]\n`),
    );
    expect(code).not.toBe(0);
    expect(error).toContain('autonomy[1]: namespace shop stands in autonomy[0] too');
  });

  it('explains who may stop all changes, and who may let them go again', async () => {
    const path = file('version: 1\nname: x\nfreeze: { teams: [on-call], thawTeams: [leads] }\n');
    const ask = async (...words: string[]) => (await policy('explain', path, '--operation', ...words)).out;
    expect(await ask('freeze', '--teams', 'on-call')).toContain('Allowed.');
    expect(await ask('freeze')).toContain('Refused by freeze: Only people in on-call may.');
    expect(await ask('unfreeze', '--teams', 'on-call')).toContain('Refused by freeze: People in leads may');
    expect(await ask('unfreeze', '--teams', 'leads')).toContain('Allowed.');
    const silent = file('version: 1\nname: x\n');
    expect((await policy('explain', silent, '--operation', 'unfreeze')).out).toContain('names nobody');
  });

  it('finds a freeze invalid that names nobody', async () => {
    const { error } = await policy('check', file('version: 1\nname: x\nfreeze: {}\n'));
    expect(error).toContain('freeze: must name teams or thawTeams');
  });

  it('says what is wrong with a change that it cannot explain', async () => {
    const { code, error } = await policy('explain', EXAMPLE, '--operation', 'explode');
    expect(code).toBe(2);
    expect(error).toContain('operations');
  });
});
