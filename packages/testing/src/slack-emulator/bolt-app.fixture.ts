import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, LogLevel } from '@slack/bolt';
import type { SlackEmulator } from './slack-emulator.ts';

/** A real Bolt app in the emulated workspace; `register` says what it does. */
export interface BoltApp {
  readonly app: App;
  stop(): Promise<void>;
}

/** A connection that a test cuts is no news. */
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** Starts a Bolt app, and waits until Slack can reach it. */
export async function startBoltApp(
  slack: SlackEmulator,
  mode: 'socket' | 'http',
  register: (app: App) => void,
): Promise<BoltApp> {
  const transport =
    mode === 'socket'
      ? { socketMode: true, appToken: slack.appToken }
      : { signingSecret: slack.signingSecret, endpoints: '/slack/events', port: 0 };
  const app = new App({
    token: slack.botToken,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: SILENT,
    ...transport,
  });
  register(app);
  const server = await app.start(0);
  if (mode === 'http') {
    const { port } = (server as Server).address() as AddressInfo;
    slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  } else {
    await slack.waitFor(() => slack.hub.connectionCount > 0);
  }
  return {
    app,
    async stop() {
      await app.stop();
    },
  };
}
