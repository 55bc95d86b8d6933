import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lintRbac } from '@jamie/kubernetes';
import { createTemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../run-cli.ts';
import { createRecordingTerminal } from '../testing/recording-terminal.ts';

const DEPLOY = fileURLToPath(new URL('../../../../deploy/kubernetes/', import.meta.url));
const EXAMPLE = join(DEPLOY, 'principals.example.yaml');
const ADDRESSES = 'emails: { team: T0123ABCD, domains: [example.com], groups: [everybody] }';

let directory = createTemporaryDirectory();
beforeEach(() => {
  directory = createTemporaryDirectory();
});
afterEach(() => directory.remove());

async function rbac(...words: string[]) {
  const terminal = createRecordingTerminal({ JAMIE_DATA_DIR: directory.path });
  const code = await runCli(['rbac', ...words], terminal);
  return { code, ...terminal.written };
}

function file(text: string): string {
  const path = join(directory.path, 'principals.yaml');
  writeFileSync(path, text);
  return path;
}

describe('jamie rbac', () => {
  it('prints what stands in deploy/kubernetes/rbac.yaml', async () => {
    const { code, out } = await rbac('--principals', EXAMPLE);
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(join(DEPLOY, 'rbac.yaml'), 'utf8'));
    expect(lintRbac(out)).toEqual([]);
  });

  it('names the local person and self-healing alone without a file', async () => {
    const { out } = await rbac();
    expect(out).toContain('- jamie:local');
    expect(out).toContain('- jamie-operators');
    expect(out).toContain('- jamie-scarlet:self-healing');
    expect(lintRbac(out)).toEqual([]);
  });

  it('lets the service act as self-healing only where the file says so', async () => {
    const people = 'local: { kubernetes: { user: grace, groups: [sre] } }';
    expect((await rbac('--principals', file(people))).out).not.toContain('self-healing');
    const { out } = await rbac(
      '--principals',
      file(`${people}\nautomation: { selfHealing: { groups: [healers] } }`),
    );
    expect(out).toContain('- jamie-scarlet:self-healing');
    expect(out).toContain('- healers');
    expect(lintRbac(out)).toEqual([]);
  });

  it('asks whom to allow where addresses name the users', async () => {
    const path = file(ADDRESSES);
    const { code, error } = await rbac('--principals', path);
    expect(code).not.toBe(0);
    expect(error).toContain('--user');
    const listed = await rbac('--principals', path, '--user', 'ada@example.com', 'bob@example.com');
    expect(listed.out).toContain('- bob@example.com');
    expect(lintRbac(listed.out)).toEqual([]);
  });

  it('allows every user name only when told to, and still names the groups', async () => {
    const { out } = await rbac('--principals', file(ADDRESSES), '--any-user');
    expect(lintRbac(out)).toEqual([expect.stringContaining('impersonate users')]);
    expect(lintRbac(out, { mayActAsAnyUser: true })).toEqual([]);
    expect(out).toContain('- everybody');
  });

  it('gives the rights to the named service account', async () => {
    const { out } = await rbac('--service-account', 'bot', '--namespace', 'ops');
    expect(out).toContain('name: bot\n    namespace: ops');
    expect(lintRbac(out)).toEqual([]);
  });

  it('refuses a file that is not valid, with its problems', async () => {
    const { code, error } = await rbac(
      '--principals',
      file('local: { kubernetes: { user: a, groups: [system:masters] } }'),
    );
    expect(code).not.toBe(0);
    expect(error).toContain('must not be a system: group');
  });
});
