import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@jamie/runtime';
import { createStandalone, type Standalone } from '@jamie/standalone';
import {
  createSlackEmulator,
  createTemporaryDirectory,
  type EmulatedMessage,
  RecordingLogger,
  type SlackEmulator,
} from '@jamie/testing';

const SECRETS = {
  SLACK_STATE_SECRET: 'a-state-secret-of-enough-characters',
  CLUSTER_CREDENTIALS_KEY: Buffer.alloc(32, 7).toString('base64'),
};
const PUBLIC_URL = 'http://127.0.0.1:3000';

/** The whole program, with the demo cluster in it, before a Slack of several workspaces. */
export class WorkspacesWorld {
  readonly slack: SlackEmulator;
  readonly logger = new RecordingLogger();
  readonly #mode: 'socket' | 'http';
  readonly #directory = createTemporaryDirectory();
  #program: Standalone | undefined;

  constructor(mode: 'socket' | 'http') {
    this.#mode = mode;
    const times = { ackTimeoutMs: 2_000, retryDelaysMs: [0, 100, 4_000] };
    this.slack = createSlackEmulator({ mode, times, rotatesTokens: true });
  }

  /** Starts with one person, U1, in each of these workspaces. */
  async start(teams: readonly string[]): Promise<void> {
    await this.slack.start();
    for (const team of teams) this.slack.addWorkspace(team).addUser('U11', { name: 'ada', teamId: team });
    const people = teams.map((team) => ({
      name: `Ada of ${team}`,
      slack: { team, user: 'U11' },
      kubernetes: { user: `ada@${team.toLowerCase()}.example`, groups: ['jamie-operators'] },
    }));
    writeFileSync(this.#principals, JSON.stringify({ people }));
    await this.startProgram();
  }

  async startProgram(): Promise<void> {
    const { slack } = this;
    const config = loadConfig({
      ...SECRETS,
      JAMIE_DATA_DIR: this.#data,
      JAMIE_PORT: '0',
      KUBECONFIG: join(this.#directory.path, 'none'),
      DEMO_CLUSTER: 'on',
      PRINCIPALS_FILE: this.#principals,
      SLACK_MODE: this.#mode,
      SLACK_APP_TOKEN: this.#mode === 'socket' ? slack.appToken : '',
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_CLIENT_ID: slack.client.id,
      SLACK_CLIENT_SECRET: slack.client.secret,
      SLACK_PUBLIC_URL: PUBLIC_URL,
      SLACK_HTTP_PORT: '0',
      SLACK_API_URL: slack.apiUrl,
    });
    const program = createStandalone({ config, logger: this.logger });
    await program.start();
    this.#program = program;
    if (this.#mode === 'http') slack.setRequestUrl(`${this.#address}/slack/events`);
  }

  async stopProgram(): Promise<void> {
    this.slack.setRequestUrl(undefined);
    await this.#program?.stop();
    this.#program = undefined;
  }

  async end(): Promise<void> {
    await this.stopProgram();
    await this.slack.stop();
    this.#directory.remove();
  }

  /** Somebody installs the app in a workspace, with a browser. Gives the words of the last page. */
  async install(team: string): Promise<string> {
    const begun = await fetch(`${this.#address}/slack/install`, { redirect: 'manual' });
    const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const code = this.slack.approveInstall({ user: 'U11', team });
    const query = new URLSearchParams({ code, state }).toString();
    const page = await fetch(`${this.#address}/slack/oauth_redirect?${query}`, { headers: { cookie } });
    return page.text();
  }

  /** Types a /jamie command in a workspace's channel. */
  command(team: string, channel: string, text: string): void {
    this.slack.slash({ user: 'U11', team, channel, text });
  }

  /** What we wrote in a channel of a workspace. */
  answers(team: string, channel: string): readonly EmulatedMessage[] {
    return this.#workspace(team)
      .messagesOf(channel)
      .filter(({ isOurs }) => isOurs);
  }

  /** Waits for an answer of ours in a channel that says this. */
  answer(team: string, channel: string, words: RegExp): Promise<EmulatedMessage> {
    return this.slack.waitFor(() =>
      this.answers(team, channel).find((each) => words.test(JSON.stringify([each.text, each.blocks]))),
    );
  }

  /** Asks who one is in a new channel of a workspace, and waits for the answer. */
  async asksWhoAmI(team: string, channel: string): Promise<void> {
    this.#workspace(team).addChannel(channel);
    this.command(team, channel, 'whoami');
    await this.answer(team, channel, new RegExp(`Ada of ${team}`));
  }

  /** Waits until the person of a workspace was told this, seen by nobody else. */
  async told(team: string, channel: string, words: RegExp): Promise<void> {
    await this.slack.waitFor(() =>
      this.#workspace(team).ephemerals.some((each) => each.channel === channel && words.test(each.text)),
    );
  }

  /** What `doctor` says of Slack. */
  async check() {
    const results = (await this.#program?.check()) ?? [];
    return results.find(({ name }) => name === 'Slack');
  }

  /** Everything that lies in the data directory, and everything that was logged. */
  everythingWritten(): string {
    const files = readdirSync(this.#data).filter((name) => name.startsWith('jamie.db'));
    const stored = files.map((name) => readFileSync(join(this.#data, name)).toString('latin1'));
    return [...stored, JSON.stringify(this.logger.entries)].join('\n');
  }

  get #address(): string {
    return `http://127.0.0.1:${this.#program?.bot?.port}`;
  }

  get #data(): string {
    return join(this.#directory.path, 'data');
  }

  get #principals(): string {
    return join(this.#directory.path, 'principals.yaml');
  }

  #workspace(team: string) {
    const found = this.slack.workspaces.find(({ teamId }) => teamId === team);
    if (found === undefined) throw new Error(`no workspace ${team}`);
    return found;
  }
}
