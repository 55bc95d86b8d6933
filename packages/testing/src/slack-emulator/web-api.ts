import type { Server } from 'node:http';
import type { Clock } from '@jamie/core';
import type { ApiArguments, ApiContext } from './api-answer.ts';
import { createApiServer, portOf } from './api-server.ts';
import { type AppSettings, DEFAULT_SETTINGS } from './app-settings.ts';
import { ApiFaults } from './faults.ts';
import { OAuthDesk } from './oauth-desk.ts';
import type { ResponseUrlAnswer } from './response-urls.ts';
import { TierMeter } from './tiers.ts';
import { TokenDesk } from './token-desk.ts';
import { uploadPath } from './upload.ts';
import type { SlackWorkspace } from './workspace.ts';

export interface WebApiOptions {
  readonly clock: Clock;
  readonly settings: Partial<AppSettings>;
  /** Whether calls beyond Slack's limits are answered with 429. */
  readonly enforcesTiers: boolean;
  /** How long after its answer Slack shares an uploaded file. */
  readonly fileShareDelayMs: number;
  /** Every workspace that has the app, the first one first. */
  workspaces(): readonly [SlackWorkspace, ...SlackWorkspace[]];
  /** Tells the app what happened in a workspace. */
  emit(workspace: SlackWorkspace, event: object): void;
  /** Takes what comes to a response URL. */
  takeResponse(ticket: string, body: string): ResponseUrlAnswer;
  /** Called after each call that was answered, with the method's name. */
  onCall(method: string, args: ApiArguments, teamId: string | undefined): void;
  /** Something happened without a call. */
  onChange(): void;
}

/** The Web API of every emulated workspace, on one loopback port: calls go to the workspace that their token opens. */
export class WebApi {
  readonly faults = new ApiFaults();
  readonly tokens: TokenDesk;
  readonly oauth: OAuthDesk;
  readonly server: Server;
  readonly #options: WebApiOptions;
  readonly #settings: AppSettings;
  readonly #stopping = new AbortController();

  constructor(options: WebApiOptions) {
    const { clock, settings } = options;
    this.#options = options;
    this.#settings = {
      ...DEFAULT_SETTINGS,
      hasStreaming: settings.hasAgentSurface ?? DEFAULT_SETTINGS.hasStreaming,
      ...settings,
    };
    this.tokens = new TokenDesk(clock);
    this.oauth = new OAuthDesk(clock);
    this.server = createApiServer({
      clock,
      faults: this.faults,
      meter: options.enforcesTiers ? new TierMeter(clock) : undefined,
      check: (token) => this.tokens.check(token),
      contextOf: (workspace, token) => this.#contextOf(workspace ?? options.workspaces()[0], token),
      workspaces: () => options.workspaces(),
      takeResponse: (ticket, body) => options.takeResponse(ticket, body),
      onCall: (method, args, teamId) => options.onCall(method, args, teamId),
    });
  }

  /** Where it listens, once it does. */
  get origin(): string {
    return `127.0.0.1:${portOf(this.server)}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    for (const workspace of this.#options.workspaces()) workspace.fileOrigin = `http://${this.origin}`;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  #contextOf(workspace: SlackWorkspace, token: string): ApiContext {
    const { clock, fileShareDelayMs, emit } = this.#options;
    return {
      workspace,
      clock,
      token,
      settings: this.#settings,
      tokens: this.tokens,
      oauth: this.oauth,
      emitEvent: (event) => emit(workspace, event),
      openSocketUrl: () => `ws://${this.origin}/link/?ticket=${workspace.nextId('ticket')}`,
      uploadUrlOf: (ticket) => `http://${this.origin}${uploadPath(ticket)}`,
      later: (act) => this.#after(fileShareDelayMs, act),
      at: (time, act) => this.#after(time - clock.now(), act),
    };
  }

  #after(delayMs: number, act: () => void): void {
    if (delayMs <= 0) {
      act();
      return;
    }
    const doIt = () => {
      act();
      this.#options.onChange();
    };
    this.#options.clock.sleep(delayMs, this.#stopping.signal).then(doIt, () => undefined);
  }
}
