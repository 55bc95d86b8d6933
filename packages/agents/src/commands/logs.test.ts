import { type AccessQuery, OpsError, type Reply } from '@jamie/core';
import { aContainer, aDeployed, type aPod, aService, aSnapshot, running, waiting } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { parseCommand } from '../grammar/parse-command.ts';

const SECRET = ['s3cr3t', 'P4ss', 'phr4se'].join('');

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

const codeOf = (reply: Reply) =>
  reply.sections.flatMap((section) => (section.kind === 'code' ? [section.text] : [])).join('\n');
const notesOf = (reply: Reply) =>
  reply.sections.flatMap((section) => (section.kind === 'text' ? section.lines : [])).join('\n');
const commandsOf = (reply: Reply) => (reply.followUps ?? []).map(({ command }) => command);

describe('logs', () => {
  it('says first how much there is, how much of it looks like errors, and the last that does', async () => {
    world.cluster.log = 'starting\nERROR no route to broker\nretrying\npanic: giving up\nbye\n';
    const reply = await world.ask('logs basket -n shop');
    expect(reply.tone).toBe('answer');
    expect(reply.headline).toMatch(
      /^basket-hash1-pod\d\/app: 5 lines, 2 look like errors; the last: "panic: giving up"$/,
    );
    expect(codeOf(reply)).toBe('starting\nERROR no route to broker\nretrying\npanic: giving up\nbye');
    expect(reply.files).toBeUndefined();
  });

  it('takes the pod that needs looking at, says which of how many, and offers the others', async () => {
    world.cluster.log = 'a\n';
    const reply = await world.ask('logs checkout -n shop');
    expect(notesOf(reply)).toMatch(
      /Deployment shop\/checkout has 2 pods\. I took checkout-hash2-pod\d because it is crashing\./,
    );
    expect(commandsOf(reply)).toContainEqual(
      expect.stringMatching(/^logs pod\/checkout-hash2-pod\d -n shop$/),
    );
    expect(reply.followUps?.[0]?.label).toBe('Logs before the crash');
    expect(commandsOf(reply)[0]).toMatch(/^logs pod\/checkout-hash2-pod\d -c app --previous -n shop$/);
  });

  it('offers only commands that can be read back', async () => {
    world.cluster.log = 'a\n';
    for (const command of commandsOf(await world.ask('logs checkout -n shop --grep "a b" --since 5m'))) {
      expect(parseCommand(command)).toMatchObject({ kind: 'intent', intent: { kind: 'logs' } });
    }
  });

  it('reads the run before when asked to', async () => {
    world.cluster.log = 'now\n';
    world.cluster.setPreviousLog('panic: before\n');
    const reply = await world.ask('logs checkout -n shop --previous');
    expect(reply.headline).toContain('/app, before its last restart: 1 line');
    expect(codeOf(reply)).toBe('panic: before');
  });

  it('says in words when there was no run before', async () => {
    refuseLogs(new OpsError('invalid_input', 'rejected', { userMessage: 'previous terminated container' }));
    expect(await world.ask('logs basket -n shop --previous')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('has not restarted, so there is no log from before'),
    });
    expect(await world.ask('logs checkout -n shop --previous')).toMatchObject({
      headline: expect.stringContaining('has restarted 6 times, but the node no longer keeps'),
    });
  });

  it('shows the end of a long log and gives all of it as a file', async () => {
    const lines = Array.from({ length: 400 }, (_, index) => `line ${index} password=${SECRET}`);
    world.cluster.log = `${lines.join('\n')}\n${'y'.repeat(2_000)} password=${SECRET}\n`;
    const reply = await world.ask('logs basket -n shop');
    expect(codeOf(reply).split('\n').at(-1)).toMatch(/^y{360}… \(\d+ more characters\)$/);
    expect(codeOf(reply).length).toBeLessThanOrEqual(3_000);
    const [file] = reply.files ?? [];
    expect(file?.name).toMatch(/^basket-hash1-pod\d-app\.log$/);
    expect(file?.text).toContain('line 0 ');
    expect(file?.text).toContain('y'.repeat(2_000));
    expect(JSON.stringify(reply)).not.toContain(SECRET);
  });

  it('finds plain text, counts what it searched and marks what it left out', async () => {
    world.cluster.log = 'Timeout (1)\na\nb\ntimeout (2)\nc\n';
    const reply = await world.ask('logs basket -n shop --grep timeout');
    expect(reply.headline).toMatch(/: 2 of 5 lines hold "timeout"\.$/);
    expect(codeOf(reply)).toBe('Timeout (1)\n… 2 lines …\ntimeout (2)');
    expect((await world.ask('logs basket -n shop --grep "(1)"')).headline).toContain(
      '1 of 5 lines holds "(1)"',
    );
    expect((await world.ask('logs basket -n shop --grep nowhere')).headline).toContain(
      'none of 5 lines holds',
    );
  });

  it('never finds a secret by its own text', async () => {
    world.cluster.log = `password=${SECRET}\n`;
    expect((await world.ask('logs basket -n shop --grep password')).headline).toContain('1 of 1 line');
    const guessed = await world.ask(`logs basket -n shop --grep ${SECRET}`);
    expect(guessed.headline).toContain('none of 1 line');
  });

  it('says honestly why there is nothing', async () => {
    expect(notesOf(await world.ask('logs basket -n shop'))).toContain('has written nothing');
    const since = await world.ask('logs basket -n shop --since 10m');
    expect(since.headline).toContain('nothing was written in the last 10 min');
    expect(commandsOf(since)).toContainEqual(expect.not.stringContaining('--since'));
    world.cluster.log = 'unable to retrieve container logs for containerd://abc';
    expect((await world.ask('logs basket -n shop')).headline).toContain('was rotated away');
  });

  it('says what a container waits for that has not started', async () => {
    refuseLogs(new OpsError('invalid_input', 'rejected', { userMessage: 'is waiting to start' }));
    const state = waiting('ImagePullBackOff', 'Back-off pulling image "checkout:3"');
    setPods([aContainer({ ready: false, state })]);
    expect(await world.ask('logs basket -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringMatching(/it has not started\. It waits: ImagePullBackOff: Back-off pulling/),
    });
  });

  it('chooses among containers, says so, and asks when the name is none of them', async () => {
    setPods([aContainer({ name: 'istio-proxy' }), aContainer(), aContainer({ name: 'init', isInit: true })]);
    world.cluster.log = 'a\n';
    const reply = await world.ask('logs basket -n shop');
    expect(reply.headline).toContain('/app: 1 line');
    expect(notesOf(reply)).toContain('I took container app; there is also istio-proxy and init (init).');
    expect((await world.ask('logs basket -n shop -c init')).headline).toContain('/init: 1 line');
    const wrong = await world.ask('logs basket -n shop -c web');
    expect(wrong).toMatchObject({ tone: 'refusal', headline: expect.stringContaining('no container web') });
    expect(wrong.choice?.options.map(({ label }) => label)).toEqual(['istio-proxy', 'app', 'init']);
  });

  it('reads the pods behind a Service, and refuses what writes no log', async () => {
    world.cluster.log = 'a\n';
    const { pods } = aDeployed('basket', [{ revision: 1, pods: [{}] }]);
    const service = aService('gateway', { selector: { app: 'basket' } });
    world.cluster.snapshot = aSnapshot().with(pods, service).build();
    expect((await world.ask('logs gateway -n shop')).headline).toContain('basket-hash1-pod0/app: 1 line');
    world.cluster.snapshot = aSnapshot()
      .with(aService('gateway', { selector: { app: 'none' } }))
      .build();
    expect((await world.ask('logs gateway -n shop')).headline).toContain('has no pods now');
  });

  it('asks for fewer lines when the newest did not fit into the limit', async () => {
    const asked: number[] = [];
    world.cluster.connect = withReader(async ({ tailLines, limitBytes }) => {
      asked.push(tailLines);
      const text = Array.from({ length: tailLines }, (_, index) => `${index} `.padEnd(999, 'x')).join('\n');
      return `${text}\n`.slice(0, limitBytes);
    });
    const reply = await world.ask('logs basket -n shop');
    expect(asked).toEqual([5_000, expect.any(Number)]);
    expect(asked[1]).toBeLessThan(1_050);
    expect(reply.headline).toMatch(/the last 9\d\d lines/);
    expect(notesOf(reply)).toContain('There may be older lines');
  });

  it('needs the right to read logs, not only pods, and reads as the person', async () => {
    world.cluster.log = 'a\n';
    await world.ask('logs basket -n shop');
    expect(world.cluster.reads.filter(({ path }) => path.endsWith('/log')).map(({ user }) => user)).toEqual([
      'ada',
    ]);
    world.cluster.mayAccess = (_identity: unknown, query: AccessQuery) => query.subresource !== 'log';
    expect(await world.ask('logs basket -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('does not let ada read logs in shop'),
    });
    world.cluster.denied.add('ada');
    expect((await world.ask('logs basket -n shop')).headline).toContain('does not let ada read pods');
  });

  it('says that the pod has gone in the meantime', async () => {
    refuseLogs(new OpsError('not_found', 'gone'));
    expect((await world.ask('logs basket -n shop')).headline).toContain('is gone, and its log with it');
  });

  it('keeps what was spoken of for "it"', async () => {
    world.cluster.log = 'a\n';
    await world.ask('logs basket -n shop');
    expect((await world.ask('logs it')).headline).toContain('basket-hash1-pod');
  });
});

type ReadLog = ReturnType<AgentsWorld['cluster']['connect']>['reader']['readLog'];

function withReader(readLog: ReadLog): AgentsWorld['cluster']['connect'] {
  const connection = world.cluster.connect();
  const { reader } = connection;
  const replaced = {
    readLog,
    reviewAccess: reader.reviewAccess.bind(reader),
  };
  return () => ({ ...connection, reader: Object.assign(Object.create(reader), replaced) });
}

function refuseLogs(error: OpsError): void {
  world.cluster.connect = withReader(async () => {
    throw error;
  });
}

function setPods(
  containers: Parameters<typeof aPod>[0] extends { containers?: infer C } | undefined ? C : never,
) {
  const { workload, replicaSets, pods } = aDeployed('basket', [
    { revision: 1, pods: [{ containers: containers ?? [aContainer({ state: running() })] }] },
  ]);
  world.cluster.snapshot = aSnapshot().with(workload, replicaSets, pods).build();
}
