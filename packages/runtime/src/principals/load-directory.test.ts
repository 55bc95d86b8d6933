import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOpsError } from '@jamie/core';
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
