import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBot } from '@jamie/bot';
import type { Desk, Directory, Logger, Principal } from '@jamie/core';
import { openDatabase } from '@jamie/database';
import { sha256, systemClock } from '@jamie/runtime';
import { createSingleWorkspace } from '@jamie/slack';
import { openSqliteInbox, openSqliteStore } from '@jamie/store';
import { App } from '@slack/bolt';
import type { LoadOrder, SlackReady, SlackReport } from './acknowledgement-messages.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const EVENTS_PER_SECOND = 50;
const SECONDS = 20;
const BLOCKED_MS = 200;
const ENTRY = new URL('./acknowledgement-slack.entry.ts', import.meta.url);

/**
 * B8: how long Slack waits for an acknowledgement at 50 events a second while the main loop is blocked for 200 ms in
 * every second. Measured at the emulator, in a process of its own. The peer is Bolt's own Socket Mode receiver on
 * the same blocked loop, which stores nothing.
 */
export const acknowledgementBenchmark: Benchmark = { name: 'acknowledgement', run };

async function run(): Promise<readonly Measurement[]> {
  const peer = await measurePeer();
  const ours = await measureOurs();
  const floorMs = await measureCommit();
  const peerName = 'bolt 5.1.0 SocketModeReceiver, nothing stored';
  const p99 = percentile(ours.report.latenciesMs, 0.99);
  const peerP99 = percentile(peer.latenciesMs, 0.99);
  const max = percentile(ours.report.latenciesMs, 1);
  const lost = EVENTS_PER_SECOND * SECONDS - ours.handled;
  return [
    {
      figure: 'acknowledgement p99',
      value: p99,
      unit: 'ms',
      peer: peerName,
      ratio: p99 / peerP99,
      bar: '<= 150 ms',
      met: p99 <= 150,
    },
    { figure: 'acknowledgement p50', value: percentile(ours.report.latenciesMs, 0.5), unit: 'ms' },
    { figure: 'acknowledgement max', value: max, unit: 'ms', bar: '< 1000 ms', met: max < 1_000 },
    { figure: 'lost', value: lost, unit: 'events', bar: '0', met: lost === 0 },
    { figure: 'delivered again by Slack', value: ours.report.redelivered, unit: 'events' },
    { figure: `p99 of ${peerName}`, value: peerP99, unit: 'ms' },
    { figure: 'floor: one durable commit, median', value: floorMs, unit: 'ms' },
  ];
}

async function measureOurs(): Promise<{ readonly report: SlackReport; readonly handled: number }> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'jamie-bench-'));
  const slack = await startSlack();
  const database = openDatabase({ directory: dataDirectory });
  const inbox = openSqliteInbox({ database, clock: systemClock });
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  const finish = async (id: string) => void (await store.commit([{ kind: 'inbox.finish', id }]));
  const desk = createCountingDesk(finish);
  const { apiUrl, appToken, botToken } = slack.ready;
  const bot = createBot({
    workspaces: createSingleWorkspace({ botToken, slackApiUrl: apiUrl, logger: silent }),
    slack: { mode: 'socket', apiUrl, appToken, access: { kind: 'bot_token', botToken }, port: 0 },
    dataDirectory,
    inbox,
    finish,
    desk: desk.desk,
    directory: everybody,
    clock: systemClock,
    logger: silent,
  });
  await bot.start();
  const report = await underLoad(slack);
  const deadline = systemClock.now() + 60_000;
  while ((await inbox.listOpen(1)).length > 0 && systemClock.now() < deadline) await systemClock.sleep(20);
  await bot.stop();
  await slack.stop();
  await store.close();
  database.close();
  rmSync(dataDirectory, { recursive: true });
  return { report, handled: desk.handled.size };
}

async function measurePeer(): Promise<SlackReport> {
  const slack = await startSlack();
  const app = new App({
    token: slack.ready.botToken,
    appToken: slack.ready.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.ready.apiUrl },
  });
  app.event('message', async () => undefined);
  await app.start();
  const report = await underLoad(slack);
  await app.stop();
  await slack.stop();
  return report;
}

/** The median time of one durable commit on this disk: no acknowledgement can be faster. */
async function measureCommit(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'jamie-bench-'));
  const database = openDatabase({ directory });
  const inbox = openSqliteInbox({ database, clock: systemClock });
  const times: number[] = [];
  for (let count = 0; count < 200; count += 1) {
    const startedAt = performance.now();
    await inbox.put({
      id: `i${count}`,
      keys: [`k${count}`],
      transport: 'socket',
      payload: {},
      receivedAt: 0,
    });
    times.push(performance.now() - startedAt);
  }
  database.close();
  rmSync(directory, { recursive: true });
  return percentile(times, 0.5);
}

interface RunningSlack {
  readonly ready: SlackReady;
  load(order: LoadOrder): Promise<SlackReport>;
  stop(): Promise<void>;
}

async function startSlack(): Promise<RunningSlack> {
  const child = fork(ENTRY, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const next = <T>(kind: string) =>
    new Promise<T>((resolve, reject) => {
      const listen = (message: { readonly kind: string }) => {
        if (message.kind !== kind) return;
        child.off('message', listen);
        resolve(message as T);
      };
      child.on('message', listen);
      child.once('exit', (code) => reject(new Error(`the emulated Slack ended with ${code}`)));
    });
  const ready = await next<SlackReady>('ready');
  return {
    ready,
    load(order) {
      const report = next<SlackReport>('report');
      child.send(order);
      return report;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send({ kind: 'end' });
      await ended;
    },
  };
}

async function underLoad(slack: RunningSlack): Promise<SlackReport> {
  const blocking = setInterval(() => {
    const until = performance.now() + BLOCKED_MS;
    while (performance.now() < until);
  }, 1_000);
  try {
    return await slack.load({
      kind: 'load',
      events: EVENTS_PER_SECOND * SECONDS,
      eventsPerSecond: EVENTS_PER_SECOND,
    });
  } finally {
    clearInterval(blocking);
  }
}

function createCountingDesk(finish: (id: string) => Promise<void>) {
  const handled = new Set<string>();
  const nothing = () => Promise.reject(new Error('not part of this benchmark'));
  const desk: Desk = {
    async submit(submission) {
      handled.add(submission.text);
      if (submission.inboxId !== undefined) await finish(submission.inboxId);
      return { requestId: 'request' as never, conversationId: 'conversation' as never };
    },
    stop: nothing,
    vote: nothing,
    readCard: nothing,
    readEdit: nothing,
    findCardLink: nothing,
    recordFeedback: nothing,
    readHome: nothing,
    readHealing: nothing,
    suggest: nothing,
    findConversationAt: async () => undefined,
    readTranscript: nothing,
    readRequest: nothing,
    findShown: async () => undefined,
    onShown: () => () => undefined,
  };
  return { desk, handled };
}

const somebody: Principal = {
  id: 'somebody',
  displayName: 'Somebody',
  kubernetes: { user: 'somebody', groups: [] },
  source: 'slack',
};

const everybody: Directory = {
  findSlackPerson: () => somebody,
  mapsEmailsOf: () => false,
  refresh: async () => undefined,
  localPerson: somebody,
  automation: undefined,
};

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

/** Nearest rank. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
