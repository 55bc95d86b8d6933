import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Directory, Inbox, Principal } from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { sha256, systemClock } from '@jamie/runtime';
import { createSingleWorkspace, createSlackNotifier } from '@jamie/slack';
import { openSqliteInbox, openSqliteStore } from '@jamie/store';
import { createSlackEmulator, NO_PACE, RecordingLogger, type SlackEmulator } from '@jamie/testing';
import { type Bot, createBot } from './create-bot.ts';
import { FakeDesk } from './fake-desk.fixture.ts';

const TEAM = 'T0EMULATE';
/** So long nothing takes that happens at all, not even on a busy machine. */
const WAITED_IN_VAIN_MS = 25_000;

/** The emulated Slack, the real bot, a real inbox on disk, and a desk that only records. */
export interface BotWorld {
  readonly slack: SlackEmulator;
  readonly desk: FakeDesk;
  readonly inbox: Inbox;
  readonly logger: RecordingLogger;
  readonly bot: Bot;
  /** Stops the bot and starts another on the same data. */
  restart(): Promise<void>;
  stopBot(): Promise<void>;
  /** Looks until it is so; for what the emulator cannot see. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** Resolves once no delivery is open. */
  settle(): Promise<void>;
  end(): Promise<void>;
}

export interface BotWorldOptions {
  readonly mode: 'socket' | 'http';
  readonly ackTimeoutMs?: number;
  readonly retryDelaysMs?: readonly number[];
  readonly hasAgentSurface?: boolean;
}

/** The file names them all; who comes from elsewhere or is no member must be refused all the same. */
const PEOPLE: Readonly<Record<string, string>> = {
  U1: 'Ada',
  U2: 'Grace',
  U6: 'Robot',
  U7: 'Foreigner',
  U8: 'Narrow guest',
  U9: 'Guest',
};
const TRAITS: Readonly<Record<string, object>> = {
  U6: { isBot: true },
  U7: { teamId: 'T0FOREIGN' },
  U8: { isUltraRestricted: true },
  U9: { isRestricted: true },
};

const directory: Directory = {
  findSlackPerson: (teamId, userId) =>
    (teamId === TEAM || teamId === 'T0FOREIGN') && PEOPLE[userId] !== undefined
      ? principal(userId, PEOPLE[userId])
      : undefined,
  mapsEmailsOf: () => false,
  refresh: async () => undefined,
  localPerson: principal('local', 'Local'),
  automation: undefined,
};

function principal(userId: string, displayName: string): Principal {
  const kubernetes = { user: userId.toLowerCase(), groups: [] };
  return { id: `slack:${TEAM}:${userId}`, displayName, kubernetes, source: 'slack' };
}

export async function createBotWorld(options: BotWorldOptions): Promise<BotWorld> {
  const slack = createSlackEmulator({
    mode: options.mode,
    times: {
      ackTimeoutMs: options.ackTimeoutMs ?? 2_000,
      retryDelaysMs: options.retryDelaysMs ?? [0, 50, 100],
    },
    ...(options.hasAgentSurface === undefined ? {} : { hasAgentSurface: options.hasAgentSurface }),
  });
  await slack.start();
  for (const [id, name] of Object.entries(PEOPLE)) slack.workspace.addUser(id, { name, ...TRAITS[id] });
  const directoryPath = mkdtempSync(join(tmpdir(), 'jamie-bot-'));
  const database = openDatabase({ directory: directoryPath });
  const inbox = openSqliteInbox({ database, clock: systemClock });
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  const finish = async (id: string) => {
    await store.commit([{ kind: 'inbox.finish', id }]);
  };
  const desk = new FakeDesk(finish);
  const logger = new RecordingLogger();
  const workspaces = workspacesOf(slack, logger);
  desk.useNotifier(
    createSlackNotifier({ workspaces, pace: NO_PACE, spacingMs: 5, clock: systemClock, logger }),
  );
  const make = () =>
    startBot(slack, { mode: options.mode, dataDirectory: directoryPath, inbox, finish, desk, logger });
  let bot = await make();
  return {
    slack,
    desk,
    inbox,
    logger,
    get bot() {
      return bot;
    },
    stopBot: () => bot.stop(),
    async restart() {
      await bot.stop();
      bot = await make();
    },
    until,
    settle: () => until(async () => (await inbox.listOpen(1)).length === 0),
    async end() {
      await bot.stop();
      await slack.stop();
      await closeStore(inbox, store, database);
      rmSync(directoryPath, { recursive: true });
    },
  };
}

interface StartOptions {
  readonly mode: 'socket' | 'http';
  readonly dataDirectory: string;
  readonly inbox: Inbox;
  readonly desk: FakeDesk;
  readonly logger: RecordingLogger;
  finish(inboxId: string): Promise<void>;
}

function workspacesOf(slack: SlackEmulator, logger: RecordingLogger) {
  return createSingleWorkspace({ botToken: slack.botToken, slackApiUrl: slack.apiUrl, logger });
}

async function startBot(slack: SlackEmulator, options: StartOptions): Promise<Bot> {
  const access = { kind: 'bot_token', botToken: slack.botToken } as const;
  const common = { access, port: 0, apiUrl: slack.apiUrl };
  const bot = createBot({
    ...options,
    workspaces: workspacesOf(slack, options.logger),
    directory,
    clock: systemClock,
    pollMs: 200,
    homeIntervalMs: 50,
    reconnectDelaysMs: [20, 50],
    slack:
      options.mode === 'socket'
        ? { ...common, mode: 'socket', appToken: slack.appToken }
        : { ...common, mode: 'http', signingSecret: slack.signingSecret },
  });
  await bot.start();
  if (options.mode === 'http') slack.setRequestUrl(`http://127.0.0.1:${bot.port}/slack/events`);
  return bot;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = systemClock.now() + WAITED_IN_VAIN_MS;
  while (!(await isSo())) {
    if (systemClock.now() > deadline) throw new Error(`waited in vain for ${String(isSo)}`);
    await systemClock.sleep(10);
  }
}

async function closeStore(
  inbox: Inbox,
  store: { close(): Promise<void> },
  database: Database,
): Promise<void> {
  await inbox.close();
  await store.close();
  database.close();
}
