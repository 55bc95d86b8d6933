import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOpsError } from '@jamie/core';
import { RecordingLogger } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { loadDirectory } from './load-directory.ts';

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'jamie-principals-')), 'principals.yaml');
  writeFileSync(path, text);
  return path;
}

async function problemsOf(text: string): Promise<readonly string[]> {
  const error = await loadDirectory(file(text)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isOpsError(error, 'config_invalid')) throw new Error('the file was accepted');
  return error.details['problems'] as string[];
}

const ADA = `
people:
  - name: Ada
    slack: { team: T0123, user: U0001 }
    kubernetes: { user: ada@example.com, groups: [payments, 'system:authenticated'] }
`;

describe('loadDirectory', () => {
  it('knows only the local person without a file', async () => {
    const directory = await loadDirectory();
    expect(directory.localPerson).toEqual({
      id: 'local',
      displayName: 'Local person',
      kubernetes: { user: 'jamie:local', groups: ['jamie-operators'] },
      source: 'local',
    });
    expect(directory.findSlackPerson('T0123', 'U0001')).toBeUndefined();
  });

  it('heals by itself as a user of its own without a file', async () => {
    expect((await loadDirectory()).automation).toEqual({
      id: 'automation:self-healing',
      displayName: 'Scarlet',
      kubernetes: { user: 'jamie-scarlet:self-healing', groups: ['jamie-operators'] },
      source: 'automation',
    });
  });

  it('heals nothing by itself where a file does not say as whom', async () => {
    expect((await loadDirectory(file(ADA))).automation).toBeUndefined();
    expect((await loadDirectory(file(''))).automation).toBeUndefined();
  });

  it('heals as whom the file says', async () => {
    const automation = 'automation: { selfHealing: { user: healer, groups: [healers] } }';
    expect((await loadDirectory(file(`${ADA}${automation}`))).automation).toMatchObject({
      id: 'automation:self-healing',
      kubernetes: { user: 'healer', groups: ['healers'] },
    });
    expect((await loadDirectory(file('automation: { selfHealing: {} }'))).automation?.kubernetes).toEqual({
      user: 'jamie-scarlet:self-healing',
      groups: [],
    });
  });

  it.each([
    ['a system: group', "{ groups: ['system:masters'] }", 'must not be a system: group'],
    ['a system: user', "{ user: 'system:kube-scheduler' }", 'must not be a system: user'],
    ['the user of a person', '{ user: ada@example.com }', 'is people[0] already; it needs a user of its own'],
    ['the user of the local person', "{ user: 'jamie:local' }", 'is the local person already'],
    ['another word', '{ team: x }', 'automation.selfHealing'],
  ])('refuses to heal as %s', async (_what, identity, problem) => {
    const problems = await problemsOf(`${ADA}automation: { selfHealing: ${identity} }`);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('finds people by workspace and user', async () => {
    const directory = await loadDirectory(file(ADA));
    expect(directory.findSlackPerson('T0123', 'U0001')).toEqual({
      id: 'slack:T0123:U0001',
      displayName: 'Ada',
      kubernetes: { user: 'ada@example.com', groups: ['payments', 'system:authenticated'] },
      source: 'slack',
    });
    expect(directory.findSlackPerson('T9999', 'U0001')).toBeUndefined();
  });

  it('maps the local person where the file says so', async () => {
    const directory = await loadDirectory(
      file('local: { name: Grace, kubernetes: { user: grace, groups: [ops] } }'),
    );
    expect(directory.localPerson).toMatchObject({
      id: 'local',
      displayName: 'Grace',
      kubernetes: { user: 'grace', groups: ['ops'] },
    });
  });

  it('takes an empty file as nobody', async () => {
    expect((await loadDirectory(file(''))).findSlackPerson('T0123', 'U0001')).toBeUndefined();
  });

  it.each(['system:masters', 'system:nodes', 'system:serviceaccounts', ' system:masters '])(
    'refuses the group "%s"',
    async (group) => {
      const problems = await problemsOf(ADA.replace('payments', `'${group}'`));
      expect(problems).toEqual([
        expect.stringContaining('people[0].kubernetes.groups[0]: must not be a system: group'),
      ]);
    },
  );

  it('refuses such groups for the local person too', async () => {
    expect(await problemsOf('local: { kubernetes: { user: a, groups: [system:masters] } }')).toHaveLength(1);
  });

  it('reports all problems at once', async () => {
    const problems = await problemsOf(`
people:
  - name: ''
    slack: { team: nonsense, user: U1 }
    kubernetes: { user: '', groups: ['system:masters'] }
    role: admin
  - name: Eve
    kubernetes: { user: 'system:admin' }
`);
    expect(problems.length).toBeGreaterThanOrEqual(7);
    expect(problems.join('\n')).toContain('people[1].slack');
  });

  it('refuses one Slack account or one Kubernetes user for two people', async () => {
    const problems = await problemsOf(`${ADA}${ADA.split('\n').slice(2).join('\n')}`);
    expect(problems).toEqual([
      'people[1].slack: T0123/U0001 is people[0] already',
      expect.stringContaining('people[1].kubernetes.user: "ada@example.com" is people[0] already'),
    ]);
  });

  it('refuses what is not YAML, and a path that is not there', async () => {
    expect((await problemsOf('people: [')).length).toBeGreaterThan(0);
    await expect(loadDirectory('/nowhere/at/all.yaml')).rejects.toMatchObject({
      code: 'config_invalid',
      userMessage: expect.stringContaining('/nowhere/at/all.yaml'),
    });
  });
});

describe('refresh', () => {
  const nobody = { people: [] };
  async function opened(text: string) {
    const path = file(text);
    const logger = new RecordingLogger();
    const directory = await loadDirectory(path, logger);
    return {
      directory,
      logger,
      path,
      knowsAda: () => directory.findSlackPerson('T0123', 'U0001') !== undefined,
      async becomes(next: string) {
        writeFileSync(path, next);
        await directory.refresh();
      },
    };
  }

  it('forgets at once whom the file names no more, and knows them again when it does', async () => {
    const { becomes, knowsAda, directory } = await opened(ADA);
    expect(knowsAda()).toBe(true);
    await becomes(JSON.stringify(nobody));
    expect(knowsAda()).toBe(false);
    await becomes(ADA);
    expect(knowsAda()).toBe(true);
    expect(directory.state()).toMatchObject({ kind: 'in_force' });
  });

  it('keeps what was valid last when the file becomes invalid, says so once, and again when it is mended', async () => {
    const { becomes, knowsAda, directory, logger, path } = await opened(ADA);
    for (let look = 0; look < 3; look += 1) await becomes(ADA.replace('payments', 'system:masters'));
    expect(knowsAda()).toBe(true);
    expect(directory.findSlackPerson('T0123', 'U0001')?.kubernetes.groups).not.toContain('system:masters');
    expect(directory.state()).toEqual({
      kind: 'refused',
      path,
      problems: [expect.stringContaining('must not be a system: group')],
    });
    expect(logger.entries.filter(({ level }) => level === 'error')).toHaveLength(1);
    await becomes(ADA);
    expect(directory.state()).toEqual({ kind: 'in_force', path });
  });

  it('keeps what was valid last when the file is gone', async () => {
    const { directory, knowsAda, path } = await opened(ADA);
    rmSync(path);
    await directory.refresh();
    expect(knowsAda()).toBe(true);
    expect(directory.state()).toMatchObject({
      kind: 'refused',
      problems: [expect.stringContaining('cannot be read')],
    });
  });

  it('sees a change that was written while an earlier look was under way', async () => {
    const { directory, knowsAda, path } = await opened(ADA);
    const earlier = directory.refresh();
    writeFileSync(path, JSON.stringify(nobody));
    await directory.refresh();
    expect(knowsAda()).toBe(false);
    await earlier;
  });

  it('heals by itself no more once the file says nothing of it', async () => {
    const { becomes, directory } = await opened('automation: { selfHealing: {} }');
    expect(directory.automation).toBeDefined();
    await becomes(ADA);
    expect(directory.automation).toBeUndefined();
  });

  it('changes the local person with the file', async () => {
    const { becomes, directory } = await opened('');
    await becomes('local: { kubernetes: { user: grace, groups: [ops] } }');
    expect(directory.localPerson.kubernetes).toEqual({ user: 'grace', groups: ['ops'] });
  });

  it('refuses a file larger than a mebibyte and one that grows by references', async () => {
    const { becomes, directory } = await opened('');
    await becomes(`# ${'x'.repeat(1024 * 1024)}`);
    expect(directory.state()).toMatchObject({ problems: ['it is larger than 1 MiB'] });
    const bomb = `a: &a [x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h']
      .map((key, index) => `${key}: &${key} [${`*${'abcdefgh'[index]}, `.repeat(9)}x]`)
      .join('\n')}`;
    await becomes(bomb);
    expect(directory.state()).toMatchObject({ problems: [expect.stringContaining('reference')] });
  });
});
