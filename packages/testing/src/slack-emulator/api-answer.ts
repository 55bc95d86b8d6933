import type { Clock } from '@jamie/core';
import type { AppSettings } from './app-settings.ts';
import type { OAuthDesk } from './oauth-desk.ts';
import type { TokenDesk } from './token-desk.ts';
import type { SlackWorkspace } from './workspace.ts';

/** What a Web API method answers: Slack says `ok: false` with a word, always with status 200. */
export type ApiAnswer =
  | ({ readonly ok: true } & Readonly<Record<string, unknown>>)
  | ({ readonly ok: false; readonly error: string } & Readonly<Record<string, unknown>>);

/** The arguments of one call, as text or as the JSON value that was sent. */
export type ApiArguments = Readonly<Record<string, unknown>>;

/** What a method may look at and change. */
export interface ApiContext {
  /** The workspace that the token opens; for calls without a bot's token, the first one. */
  readonly workspace: SlackWorkspace;
  readonly clock: Clock;
  readonly settings: AppSettings;
  readonly tokens: TokenDesk;
  readonly oauth: OAuthDesk;
  /** The token of the call; empty for calls that need none. */
  readonly token: string;
  /** Tells the app what happened in the workspace, as Slack does for the app's own messages too. */
  emitEvent(event: object): void;
  openSocketUrl(): string;
  uploadUrlOf(ticket: string): string;
  /** Runs what Slack does after its answer: at once, or after the delay that a test has set. */
  later(act: () => void): void;
  /** Runs something at a time in milliseconds. */
  at(time: number, act: () => void): void;
}

export interface ApiMethod {
  readonly token: 'bot' | 'app' | 'none';
  readonly scope?: string;
  handle(args: ApiArguments, context: ApiContext): ApiAnswer;
}

export function refuse(error: string, extra: Readonly<Record<string, unknown>> = {}): ApiAnswer {
  return { ok: false, error, ...extra };
}

/** A refusal of arguments, each wrong one in Slack's words. */
export function refuseArguments(...messages: readonly string[]): ApiAnswer {
  return refuse('invalid_arguments', { response_metadata: { messages } });
}

export function textArgument(args: ApiArguments, name: string): string | undefined {
  const value = args[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function flagArgument(args: ApiArguments, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1';
}

/** Nested values come as JSON text in a form and as themselves in a JSON body. Undefined: absent; null: not JSON. */
export function jsonArgument(args: ApiArguments, name: string): unknown {
  const value = args[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
