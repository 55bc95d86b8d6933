import type { Bot, ConnectedSlackConfig } from '@jamie/bot';
import type { Clock, Desk, Directory, Logger, Notifier, ReplyChart, Store } from '@jamie/core';
import type { Config } from '@jamie/runtime';
import { type OpenWorkspaces, openWorkspaces } from './open-workspaces.ts';
import type { Storage } from './storage.ts';
import { type WatchedWork, watchWork } from './watch-work.ts';

export interface SlackParts {
  readonly slack: ConnectedSlackConfig;
  readonly config: Config;
  readonly desk: Desk;
  readonly directory: Directory;
  readonly storage: Storage;
  readonly store: Store;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The app was installed in a workspace, anew or again. */
  onInstalled(teamId: string): void;
}

export interface ConnectedSlack
  extends Omit<OpenWorkspaces, 'workspaces' | 'installations' | 'renewal'>,
    Omit<WatchedWork, 'answerStreams'> {
  readonly bot: Bot;
  /** The bot, and what keeps the tokens of installed workspaces fresh. */
  readonly run: { start(): Promise<void>; stop(): Promise<void> };
  readonly notifier: Notifier;
}

/** Makes the bot and the notifier. Their modules are heavy, so they load only where Slack is configured. */
export async function connectSlack(parts: SlackParts): Promise<ConnectedSlack> {
  const { slack, config, desk, directory, storage, store, clock } = parts;
  const logger = parts.logger.child({ component: 'slack' });
  const [{ createBot }, { createSlackNotifier }] = await Promise.all([
    import('@jamie/bot'),
    import('@jamie/slack'),
  ]);
  const { workspaces, installations, renewal, ...installed } = await openWorkspaces({
    slack,
    storage,
    logger,
    clock,
  });
  const bot = createBot({
    slack,
    workspaces,
    ...(installations !== undefined && { installations, onInstalled: parts.onInstalled }),
    dataDirectory: config.dataDir,
    ...(config.mongodb !== undefined && { mongodb: config.mongodb }),
    inbox: storage.inbox,
    finish: async (id) => {
      await store.commit([{ kind: 'inbox.finish', id }]);
    },
    desk,
    directory,
    clock,
    logger,
  });
  const { answerStreams, ...watched } = await watchWork({ ...parts, workspaces, logger });
  return {
    ...installed,
    ...watched,
    bot,
    run: {
      async start() {
        await bot.start();
        await renewal?.start();
      },
      async stop() {
        await renewal?.stop();
        await bot.stop();
      },
    },
    notifier: createSlackNotifier({
      workspaces,
      pace: storage.pace,
      clock,
      logger,
      answerStreams,
      drawChart: (chart) => drawWhenNeeded(chart, clock),
    }),
  };
}

/** Most programs never draw one, so that it is loaded with the first. */
async function drawWhenNeeded(chart: ReplyChart, clock: Clock): Promise<Uint8Array> {
  const { drawChart } = await import('@jamie/charts');
  return drawChart(chart, clock);
}
