import { createHmac } from 'node:crypto';
import type { Clock } from '@jamie/core';
import { equalSecrets } from '@jamie/runtime';

export type StateVerdict =
  | { readonly kind: 'valid' }
  | {
      readonly kind: 'refused';
      readonly reason: 'missing' | 'malformed' | 'expired' | 'other_browser_or_forged' | 'used';
    };

/** The state of an installation, on its way through Slack and back to the same browser. */
export interface InstallStates {
  /** `state` goes through Slack, `browser` into a cookie. */
  issue(): { readonly state: string; readonly browser: string };
  /** Takes what came back. Valid at most once in this process; Slack takes the code beside it once anywhere. */
  take(state: string | undefined, browser: string | undefined): StateVerdict;
}

export interface InstallStatesOptions {
  readonly stateSecret: string;
  readonly clock: Clock;
  /** A secret that nobody can guess, safe in a URL and in a cookie. */
  makeToken(): string;
}

/** As long as a code of Slack's is good. */
export const STATE_LIFETIME_MS = 10 * 60_000;

/**
 * States that are signed and bound to a browser: `nonce.end.signature`, where the signature covers the browser's cookie
 * too. Nothing is kept for a state that was only issued, so that asking for many costs us nothing.
 */
export function createInstallStates(options: InstallStatesOptions): InstallStates {
  const { stateSecret, clock, makeToken } = options;
  const used = new Map<string, number>();

  function sign(nonce: string, endsAt: string, browser: string): string {
    return createHmac('sha256', stateSecret)
      .update(`slack installation\n${nonce}\n${endsAt}\n${browser}`)
      .digest('base64url');
  }

  return {
    issue() {
      const [nonce, browser] = [makeToken(), makeToken()];
      const endsAt = String(clock.now() + STATE_LIFETIME_MS);
      return { state: [nonce, endsAt, sign(nonce, endsAt, browser)].join('.'), browser };
    },
    take(state, browser) {
      if (state === undefined || browser === undefined) return refused('missing');
      const parts = readState(state);
      if (parts === undefined) return refused('malformed');
      const { nonce, endsAt, signature } = parts;
      if (!equalSecrets(signature, sign(nonce, endsAt, browser))) return refused('other_browser_or_forged');
      const now = clock.now();
      if (now >= Number(endsAt)) return refused('expired');
      forgetEnded(used, now);
      if (used.has(nonce)) return refused('used');
      used.set(nonce, Number(endsAt));
      return { kind: 'valid' };
    },
  };
}

function forgetEnded(used: Map<string, number>, now: number): void {
  for (const [nonce, endsAt] of used) if (endsAt <= now) used.delete(nonce);
}

function refused(reason: Extract<StateVerdict, { kind: 'refused' }>['reason']): StateVerdict {
  return { kind: 'refused', reason };
}

function readState(state: string) {
  const [nonce, endsAt, signature, ...more] = state.split('.');
  if (nonce === undefined || endsAt === undefined || signature === undefined) return undefined;
  return more.length > 0 ? undefined : { nonce, endsAt, signature };
}
