import type { Clock } from '@jamie/core';
import type { SlackWorkspace } from './workspace.ts';

/** Somebody's consent to install the app, until it is exchanged for tokens. */
export interface OAuthGrant {
  readonly workspace: SlackWorkspace;
  readonly userId: string;
}

export type OAuthExchange =
  | ({ readonly kind: 'granted' } & OAuthGrant)
  | { readonly kind: 'refused'; readonly error: 'invalid_code' | 'code_already_used' };

/** A code lives for ten minutes: docs.slack.dev/authentication/installing-with-oauth. */
const CODE_LIFE_MS = 600_000;

/** The codes with which people's browsers come back from Slack after they agreed to install the app. */
export class OAuthDesk {
  readonly clientId = '1234567890.0987654321';
  readonly clientSecret = 'emulated-client-secret';
  readonly #clock: Clock;
  readonly #codes = new Map<string, OAuthGrant & { readonly mintedAt: number; isUsed: boolean }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody agrees that the app is installed in this workspace. */
  mintCode(grant: OAuthGrant): string {
    const code = `${this.clientId}.${grant.workspace.nextId('code')}`;
    this.#codes.set(code, { ...grant, mintedAt: this.#clock.now(), isUsed: false });
    return code;
  }

  /** Trades a code in, once. */
  exchange(code: string): OAuthExchange {
    const found = this.#codes.get(code);
    if (found === undefined || this.#clock.now() - found.mintedAt > CODE_LIFE_MS) {
      return { kind: 'refused', error: 'invalid_code' };
    }
    if (found.isUsed) return { kind: 'refused', error: 'code_already_used' };
    found.isUsed = true;
    return { kind: 'granted', workspace: found.workspace, userId: found.userId };
  }
}
