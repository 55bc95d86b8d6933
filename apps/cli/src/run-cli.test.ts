import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '@jamie/agents/grammar';
import type { ApiOptions } from '@jamie/api';
import { type CheckResult, OpsError, type PlanId, type PlanStatus } from '@jamie/core';
import { createTemporaryDirectory, FakeClock, FakeDesk, SequentialIds } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from './run-cli.ts';
import type { Terminal } from './terminal.ts';
import { createRecordingTerminal } from './testing/recording-terminal.ts';
import { startApi } from './testing/start-api.ts';

let directory = createTemporaryDirectory();
let desk: FakeDesk;
let stop: () => Promise<void> = async () => undefined;
let url = '';

async function start(overrides: Partial<ApiOptions> = {}): Promise<void> {
  const api = await startApi(directory.path, desk, overrides);
  stop = api.stop;
  url = api.url;
}

async function run(
  words: string[],
  environment: Readonly<Record<string, string>> = { JAMIE_DATA_DIR: directory.path },
  options: Partial<Terminal> = {},
) {
  const terminal = createRecordingTerminal(environment, options);
  const code = await runCli(words, terminal);
  return { code, ...terminal.written };
}

beforeEach(() => {
  directory = createTemporaryDirectory();
  desk = new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() });
});
afterEach(async () => {
  await stop();
  stop = async () => undefined;
  directory.remove();
});

describe('asking', () => {
  it('hands a question in as a sentence and prints the answer', async () => {
    await start();
    const { code, out, error } = await run(['ask', 'why is checkout', 'crashing?']);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toBe('You said: why is checkout crashing?\n\n- one\n- two\n');
    expect(desk.submissions[0]).toMatchObject({ form: 'sentence', text: 'why is checkout crashing?' });
  });

  it.each([
    ['health', 'payments', '-n', 'payments'],
    ['why', 'deploy/checkout', '-n', 'payments', '--cluster', 'demo'],
    ['rollback', 'deploy/checkout', '--to', '3', '--namespace=payments'],
    ['freeze', 'incident', '42'],
    ['status'],
    ...COMMANDS.filter(({ name }) => !['ask', 'help', 'doctor', 'thanks'].includes(name)).map(({ name }) => [
      name,
      'checkout',
    ]),
  ])('hands the command %s in as it stands', async (...words) => {
    await start();
    expect((await run([...words, '--timeout', '20'])).code).toBe(0);
    expect(desk.submissions[0]).toMatchObject({ form: 'command', text: words.join(' ') });
  });

  it('speaks in one conversation per day, or in the one that is named', async () => {
    await start();
    await run(['status']);
    await run(['status', '--conversation', 'mine']);
    const keys = desk.submissions.map(({ place }) => (place.surface === 'local' ? place.key : ''));
    expect(keys).toEqual([expect.stringMatching(/^cli-\d{4}-\d\d-\d\d$/), 'mine']);
  });

  it('finds its own answer among others of the conversation', async () => {
    await start();
    await run(['ask', 'first']);
    expect((await run(['ask', 'second'])).out).toContain('You said: second');
  });

  it.each([
    ['refuse me', 3],
    ['fail me', 1],
  ])('ends "%s" with exit code %i', async (text, code) => {
    await start();
    expect((await run(['ask', text])).code).toBe(code);
  });

  it('prints JSON for scripts', async () => {
    await start();
    const { out } = await run(['ask', 'hello', '--json']);
    expect(JSON.parse(out)).toMatchObject({ reply: { tone: 'answer', headline: 'You said: hello' } });
  });

  it('gives up in time, and says that the request goes on', async () => {
    await start();
    desk.hold();
    const { code, error } = await run(['ask', 'hello', '--timeout', '0.1']);
    expect(code).toBe(5);
    expect(error).toContain('goes on');
    expect(desk.submissions).toHaveLength(1);
  });

  it('takes control characters out of what it prints, for people and for scripts', async () => {
    await start();
    const nasty = 'a\u001b[2Jb\u009b31mc\u202ed\u0007e';
    const people = await run(['ask', nasty]);
    expect(people.out).toContain('You said: a[2Jb31mcde');
    const script = await run(['ask', nasty, '--json']);
    for (const steering of ['\u001b', '\u009b', '\u202e', '\u0007'])
      expect(script.out).not.toContain(steering);
    expect(JSON.parse(script.out).reply.headline).toBe(`You said: ${nasty}`);
  });
});

describe('plans', () => {
  const scale = ['scale', 'deploy/checkout', '5', '-n', 'payments'];

  async function plan(): Promise<PlanId> {
    const { out } = await run([...scale, '--json']);
    return JSON.parse(out).card.planId;
  }

  it('prints the card with its difference and the commands that decide it', async () => {
    await start();
    const { code, out } = await run(scale);
    expect(code).toBe(0);
    for (const part of ['Scale deploy/checkout to 5', 'Risk:', '-  replicas: 3', '+  replicas: 5']) {
      expect(out).toContain(part);
    }
    expect(out).toMatch(/approve: jamie approve p-\w{8}\ndeny: {4}jamie deny p-\w{8}/);
  });

  it.each<[PlanStatus, number]>([
    ['succeeded', 0],
    ['rolled_back', 1],
    ['failed', 1],
    ['denied', 3],
    ['stale', 3],
  ])('follows a plan that ends %s and exits with %i', async (status, code) => {
    await start();
    const planId = await plan();
    const following = run(['approve', planId, '--wait', '--timeout', '20']);
    await new Promise<void>((resolve) => {
      const unsubscribe = desk.onShown(({ message }) => {
        if (message.author !== 'jamie') return;
        unsubscribe();
        resolve();
      });
    });
    desk.movePlan(planId, 'verifying', 'Two of five are ready.');
    desk.movePlan(planId, status, 'That is the end.');
    const ended = await following;
    expect(ended.code).toBe(code);
    expect(ended.out).toContain(`${status}: That is the end.`);
  });

  it('gives up following in time, and says that the plan goes on', async () => {
    await start();
    const planId = await plan();
    const { code, error, out } = await run(['status', planId, '--wait', '--timeout', '0.1']);
    expect(code).toBe(5);
    expect(error).toContain(`Plan ${planId} has not ended`);
    expect(out).toContain('awaiting_approval: Waits for one approval.');
  });

  it('prints one JSON document when it follows for a script', async () => {
    await start();
    const planId = await plan();
    desk.movePlan(planId, 'succeeded', 'Done.');
    const { out } = await run(['status', planId, '--wait', '--json']);
    expect(JSON.parse(out)).toMatchObject({ card: { status: 'succeeded' }, reply: { tone: 'answer' } });
  });
});

describe('colour', () => {
  it('is used on a terminal only, and never against NO_COLOR', async () => {
    await start();
    const environment = { JAMIE_DATA_DIR: directory.path };
    const on = await run(['ask', 'x'], environment, { isInteractive: true });
    const off = await run(['ask', 'x'], { ...environment, NO_COLOR: '1' }, { isInteractive: true });
    const piped = await run(['ask', 'x'], environment);
    expect(on.out).toContain('\u001b[1m');
    expect(off.out).not.toContain('\u001b');
    expect(piped.out).not.toContain('\u001b');
  });
});

describe('doctor', () => {
  const ok: CheckResult = { name: 'Store', status: 'ok', detail: 'SQLite', mend: '' };
  const failed: CheckResult = {
    name: 'Cluster prod',
    status: 'failed',
    detail: 'no route',
    mend: 'Check the VPN.',
  };

  it('prints a table and fails when a check has failed', async () => {
    await start({ checks: [async () => ok, async () => failed] });
    const { code, out } = await run(['doctor']);
    expect(code).toBe(1);
    for (const cell of ['Store', 'Cluster prod', 'no route', 'Check the VPN.']) expect(out).toContain(cell);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('fits a narrow terminal', async () => {
    const long: CheckResult = { ...failed, detail: 'x'.repeat(200), mend: 'word '.repeat(60) };
    await start({ checks: [async () => long] });
    const { out } = await run(['doctor'], { JAMIE_DATA_DIR: directory.path }, { columns: 60 });
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('is well when nothing has failed, and prints JSON for scripts', async () => {
    await start({ checks: [async () => ok] });
    const { code, out } = await run(['doctor', '--json']);
    expect({ code, checks: JSON.parse(out) }).toEqual({ code: 0, checks: [ok] });
  });
});

describe('cluster', () => {
  it('lists clusters', async () => {
    await start();
    const { out } = await run(['cluster', 'list']);
    expect(out).toContain('demo');
    expect(JSON.parse((await run(['cluster', 'list', '--json'])).out)).toHaveLength(1);
  });

  it('adds one from a kubeconfig file, and removes it', async () => {
    const calls: unknown[] = [];
    await start({
      registry: {
        register: async (registration) => {
          calls.push(registration);
          return {
            name: 'prod',
            environment: 'staging',
            server: 'https://10.0.0.1:6443',
            source: 'registered',
          };
        },
        remove: async (name) => void calls.push(name),
      },
    });
    const kubeconfig = join(directory.path, 'kubeconfig');
    writeFileSync(kubeconfig, 'apiVersion: v1');
    const options = [
      '--kubeconfig',
      kubeconfig,
      '--api-server',
      'https://10.0.0.1:6443',
      '--context',
      'admin',
    ];
    const added = await run(['cluster', 'add', '--name', 'prod', ...options, '--environment', 'staging']);
    expect(added).toEqual({
      code: 0,
      out: 'Connected prod at https://10.0.0.1:6443 as staging.\n',
      error: '',
    });
    expect((await run(['cluster', 'remove', 'prod'])).out).toBe('Removed prod.\n');
    expect(calls).toEqual([
      {
        name: 'prod',
        kubeconfig: 'apiVersion: v1',
        kubeContext: 'admin',
        apiServer: 'https://10.0.0.1:6443',
        environment: 'staging',
      },
      'prod',
    ]);
  });

  it('says which file cannot be read', async () => {
    await start();
    const { code, error } = await run(['cluster', 'add', '--name', 'a', '--kubeconfig', '/nowhere/at/all']);
    expect(code).toBe(2);
    expect(error).toContain('/nowhere/at/all');
  });

  it('shows why the API refuses', async () => {
    await start({
      registry: {
        register: () =>
          Promise.reject(
            new OpsError('config_invalid', 'no key', { userMessage: 'Set CLUSTER_CREDENTIALS_KEY first.' }),
          ),
        remove: async () => undefined,
      },
    });
    const kubeconfig = join(directory.path, 'kubeconfig');
    writeFileSync(kubeconfig, 'apiVersion: v1');
    const { code, error } = await run([
      'cluster',
      'add',
      '--name',
      'prod',
      '--kubeconfig',
      kubeconfig,
      '--json',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(error)).toMatchObject({
      error: {
        code: 'config_invalid',
        message: 'Set CLUSTER_CREDENTIALS_KEY first.',
        referenceId: expect.any(String),
      },
    });
  });
});

describe('finding the API', () => {
  it('says how to start it when it is not running', async () => {
    for (const words of [['status'], ['doctor'], ['cluster', 'list'], ['ask', 'x']]) {
      const { code, error } = await run(words);
      expect(code).toBe(4);
      expect(error).toContain('jamie start');
    }
  });

  it('says the same when a process has left its address behind', async () => {
    await start();
    const address = { url, token: 'x', processId: 1 };
    await stop();
    writeFileSync(join(directory.path, 'api.json'), JSON.stringify(address));
    const { code, error } = await run(['status']);
    expect(code).toBe(4);
    expect(error).toContain(url);
  });

  it('takes URL and token from the environment first', async () => {
    const token = 'a-token-of-the-environment';
    await start({
      config: { dataDir: directory.path, api: { host: '127.0.0.1', port: 0, allowedHosts: [], token } },
    });
    const elsewhere = { JAMIE_DATA_DIR: '/nowhere', JAMIE_URL: url };
    expect((await run(['doctor'], { ...elsewhere, JAMIE_TOKEN: token })).code).toBe(0);
    const wrong = await run(['doctor'], { ...elsewhere, JAMIE_TOKEN: 'another-token-of-some-length' });
    expect(wrong).toMatchObject({ code: 3, error: expect.stringContaining('JAMIE_TOKEN') });
    const none = await run(['doctor'], elsewhere);
    expect(none).toMatchObject({ code: 1, error: expect.stringContaining('JAMIE_TOKEN') });
  });

  it('reports a bad environment', async () => {
    expect(await run(['doctor'], { JAMIE_URL: 'nonsense' })).toMatchObject({
      code: 1,
      error: expect.stringContaining('JAMIE_URL: must be a URL'),
    });
  });
});

describe('usage', () => {
  it.each([
    [['scal']],
    [['ask']],
    [['doctor', '--colour']],
    [['cluster', 'add']],
    [['status', '--timeout', 'soon']],
    [[]],
  ])('exits with 2 for %j', async (words) => {
    const { code, error } = await run(words);
    expect(code).toBe(2);
    expect(error).not.toBe('');
  });

  it('helps without a running Jamie, and asks Jamie too where one runs', async () => {
    const alone = await run(['help']);
    expect(alone).toMatchObject({ code: 0, error: '', out: expect.stringContaining('Usage: jamie') });
    expect((await run(['--help'])).code).toBe(0);
    await start();
    const { out } = await run(['help', 'scale']);
    expect(out).toContain('Usage: jamie');
    expect(out).toContain('You said: help scale');
  });
});
