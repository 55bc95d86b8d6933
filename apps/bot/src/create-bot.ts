import {
  type Clock,
  type Desk,
  type Directory,
  type Inbox,
  type Installations,
  isOpsError,
  type Logger,
  type SlackPerson,
} from '@jamie/core';
import { type MongodbConfig, randomIds, type SlackConfig } from '@jamie/runtime';
import {
  createFirstSign,
  createSdkLogger,
  createSlackFiles,
  deliveryTeamOf,
  type ReceiverHealth,
  type SlackWorkspaces,
  slackClientOptions,
} from '@jamie/slack';
import { App } from '@slack/bolt';
import { apologise } from './answers/apologise.ts';
import { explainUnknown } from './answers/explain-unknown.ts';
import { createTurnAway } from './answers/turn-away.ts';
import { createInboxReceiver, type InboxReceiver } from './inbox/inbox-receiver.ts';
import { registerActions } from './listeners/actions/register-actions.ts';
import { registerAsk } from './listeners/ask/register-ask.ts';
import { registerCommands } from './listeners/commands/register-commands.ts';
import { registerEvents } from './listeners/events/register-events.ts';
import { registerFeedback } from './listeners/feedback/register-feedback.ts';
import { createHomeTabs } from './listeners/home/home-tabs.ts';
import { registerHome } from './listeners/home/register-home.ts';
import { registerInstallations } from './listeners/installations/register-installations.ts';
import type { ListenerContext } from './listeners/listener-context.ts';
import { registerPlans } from './listeners/plans/register-plans.ts';
import { registerPreferences } from './listeners/preferences/register-preferences.ts';
import { suggestOptions } from './listeners/suggest-options.ts';
import { createPersonIdentifier, type PersonVerdict } from './people/identify-person.ts';
import { createSharedChannels } from './people/shared-channels.ts';
import { createReceiverThread, type ReceiverThread } from './receiver/receiver-thread.ts';
import { threadSettingsOf } from './receiver/thread-settings.ts';

export type ConnectedSlackConfig = Exclude<SlackConfig, { mode: 'off' }>;

export interface BotOptions {
  readonly slack: ConnectedSlackConfig;
  readonly workspaces: SlackWorkspaces;
  /** Where the app is installed over OAuth; absent with the token of one workspace. */
  readonly installations?: Installations;
  /** The app was installed in a workspace, anew or again. */
  onInstalled?(teamId: string): void;
  /** Where the database lies: the receiver thread opens a connection of its own. With `mongodb`, there instead. */
  readonly dataDirectory: string;
  readonly mongodb?: MongodbConfig;
  /** The main thread's own inbox connection, on the same database. */
  readonly inbox: Inbox;
  /** Marks a delivery as done, for those that no commit of the desk finishes. Safe to repeat. */
  finish(inboxId: string): Promise<void>;
  readonly desk: Desk;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Who lets people in, as a person reads it. Default `a platform admin`. */
  readonly helpContact?: string;
  /** The address to listen on, in HTTP mode and where the app may be installed. Default 127.0.0.1. */
  readonly httpHost?: string;
  /** How often the inbox is looked at without being woken. Default 1,000. */
  readonly pollMs?: number;
  /** How long another process waits before it takes over what this one handles. Default 5,000. */
  readonly inboxLeaseMs?: number;
  readonly reconnectDelaysMs?: readonly number[];
  /** Between two pages on one person's Home tab. Default 5,000. */
  readonly homeIntervalMs?: number;
}

/** The Slack surface: receives, hands in at the desk, answers clicks. */
export interface Bot {
  /**
   * Starts receiving. Fails with forbidden or config_invalid when Slack refuses a token; when Slack merely cannot
   * be reached it starts all the same, says so in `health` and keeps trying.
   */
  start(): Promise<void>;
  /** Stops receiving, then lets what is being handled come to its end. */
  stop(): Promise<void>;
  health(): ReceiverHealth;
  /** Who somebody is now. `isFresh`: asks Slack even if it has just been asked. Fails like every Slack call. */
  identify(person: SlackPerson, isFresh: boolean): Promise<PersonVerdict>;
  /** The port that it got, in HTTP mode and where the app may be installed. */
  readonly port: number | undefined;
}

export function createBot(options: BotOptions): Bot {
  const { workspaces, clock, logger } = options;
  const receiver = createInboxReceiver({
    inbox: options.inbox,
    owner: randomIds.next('bot'),
    clock,
    logger,
    finish: (inboxId) => options.finish(inboxId),
    turnAway: createTurnAway({
      workspaces,
      logger,
      ...(options.slack.apiUrl === undefined ? {} : { slackApiUrl: options.slack.apiUrl }),
    }),
    apologise: async (delivery, error) => {
      const { client } = await workspaces.find(deliveryTeamOf(delivery.payload));
      await apologise(client, delivery, error);
    },
    onUnknown: async (delivery) => {
      const { client } = await workspaces.find(deliveryTeamOf(delivery.payload));
      await explainUnknown(client, delivery);
    },
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
    ...(options.inboxLeaseMs === undefined ? {} : { leaseMs: options.inboxLeaseMs }),
  });
  const app = createApp(options, receiver);
  const context = createListenerContext(options);
  registerListeners(app, context);
  registerInstallations(app, options);
  const thread = createReceiverThread({
    settings: threadSettingsOf(options),
    clock,
    logger,
    onStored: () => receiver.wake(),
    onInstalled: (teamId) => options.onInstalled?.(teamId),
    suggest: (payload) => suggestOptions(context, payload),
  });
  return new SlackBot(app, thread, context);
}

class SlackBot implements Bot {
  readonly #app: App;
  readonly #thread: ReceiverThread;
  readonly #context: ListenerContext;

  constructor(app: App, thread: ReceiverThread, context: ListenerContext) {
    this.#app = app;
    this.#thread = thread;
    this.#context = context;
  }

  get port(): number | undefined {
    return this.#thread.port;
  }

  health(): ReceiverHealth {
    return this.#thread.health();
  }

  async identify(person: SlackPerson, isFresh: boolean): Promise<PersonVerdict> {
    const workspace = await this.#context.workspaces.find(person.teamId);
    return this.#context.people.identify(person, workspace, isFresh);
  }

  async start(): Promise<void> {
    try {
      await this.#context.workspaces.verify();
    } catch (error) {
      if (!isOpsError(error) || !error.retryable) throw error;
      this.#context.logger.warn('slack cannot be reached yet', { code: error.code });
    }
    await this.#thread.start();
    await this.#app.start();
  }

  async stop(): Promise<void> {
    await this.#thread.stop();
    await this.#app.stop();
    await this.#context.homes.stop();
  }
}

function createListenerContext(options: BotOptions): ListenerContext {
  const { workspaces, desk, clock, logger, homeIntervalMs } = options;
  const interval = homeIntervalMs === undefined ? {} : { intervalMs: homeIntervalMs };
  const people = createPersonIdentifier({
    directory: options.directory,
    clock,
    helpContact: options.helpContact ?? 'a platform admin',
  });
  return {
    workspaces,
    desk,
    logger,
    firstSign: createFirstSign(),
    files: createSlackFiles(options.slack.apiUrl === undefined ? {} : { slackApiUrl: options.slack.apiUrl }),
    homes: createHomeTabs({ desk, people, clock, logger, ...interval }),
    channels: createSharedChannels(clock),
    people,
  };
}

function createApp(options: BotOptions, receiver: InboxReceiver): App {
  const { slack, workspaces, logger } = options;
  const url = slack.apiUrl === undefined ? {} : { slackApiUrl: slack.apiUrl };
  const app = new App({
    receiver,
    convoStore: false,
    logger: createSdkLogger(logger),
    clientOptions: slackClientOptions({ ...url, logger }),
    authorize: async ({ teamId = '' }) => {
      const { botToken, botId, botUserId } = await workspaces.find(teamId);
      return { botToken, botId, botUserId };
    },
  });
  // The inbox decides what becomes of a delivery that failed, so the failure has to reach it.
  app.error(async (error) => {
    throw error;
  });
  return app;
}

function registerListeners(app: App, context: ListenerContext): void {
  registerEvents(app, context);
  registerCommands(app, context);
  registerActions(app, context);
  registerAsk(app, context);
  registerHome(app, context);
  registerPreferences(app, context);
  registerPlans(app, context);
  registerFeedback(app, context);
}
