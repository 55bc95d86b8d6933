import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, type Installations, type Logger, toOpsError } from '@jamie/core';
import { BOT_SCOPES } from './bot-scopes.ts';
import { completeInstallation, type InstallationParts } from './complete-installation.ts';
import {
  failurePage,
  type InstallPage,
  installedPage,
  refusedPage,
  renderInstallPage,
  slackErrorPage,
  statePage,
} from './install-pages.ts';
import { createInstallStates, STATE_LIFETIME_MS } from './install-state.ts';

export interface InstallDeskOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** Where browsers reach us: an origin. */
  readonly publicUrl: string;
  readonly slackApiUrl?: string;
  readonly installations: Installations;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A secret that nobody can guess, safe in a URL and in a cookie. */
  makeToken(): string;
  /** A workspace was stored. */
  onInstalled?(teamId: string): void;
}

/** Serves the two addresses of an installation. */
export interface InstallDesk {
  /** Whether a request is for one of them; `answer` takes it then. */
  serves(path: string): boolean;
  /** Answers whatever comes, and never fails. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const INSTALL = '/slack/install';
const RETURN = '/slack/oauth_redirect';
const AUTHORISE_URL = 'https://slack.com/oauth/v2/authorize';

/** Nothing here may be framed, cached, sniffed, scripted or told to another site. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

type Answer =
  /** Only ever to the page of Slack on which permission is asked for. */
  | { readonly kind: 'redirect'; readonly to: string; readonly cookie: string }
  | { readonly kind: 'page'; readonly page: InstallPage; readonly cookie: string };

/**
 * The desk at which the app is installed: /slack/install sends the browser to Slack, /slack/oauth_redirect takes it
 * back, exchanges the code and stores the workspace. Neither tokens nor codes reach a page or the log.
 */
export function createInstallDesk(options: InstallDeskOptions): InstallDesk {
  const { clock, logger, publicUrl, stateSecret, makeToken, clientId } = options;
  const states = createInstallStates({ stateSecret, clock, makeToken });
  const cookies = createCookie(publicUrl);
  const redirectUri = `${publicUrl}${RETURN}`;
  const parts: InstallationParts = { ...options, oauth: options, redirectUri };

  function begin(): Answer {
    const { state, browser } = states.issue();
    const target = new URL(AUTHORISE_URL);
    target.search = new URLSearchParams({
      client_id: clientId,
      scope: BOT_SCOPES.join(','),
      redirect_uri: redirectUri,
      state,
    }).toString();
    return { kind: 'redirect', to: target.href, cookie: cookies.set(browser, STATE_LIFETIME_MS / 1_000) };
  }

  async function complete(query: URLSearchParams, browser: string | undefined): Promise<InstallPage> {
    const verdict = states.take(query.get('state') ?? undefined, browser);
    if (verdict.kind === 'refused') {
      logger.warn('slack installation was refused', { reason: verdict.reason });
      return statePage(verdict);
    }
    const word = query.get('error');
    const code = query.get('code');
    if (word !== null || code === null || code === '') return slackErrorPage(word ?? 'no_code');
    try {
      const result = await completeInstallation(parts, code);
      if (result.kind === 'installed') {
        options.onInstalled?.(result.teamId);
        return installedPage(result);
      }
      logger.warn('slack installation was refused', { reason: result.reason });
      return refusedPage(result);
    } catch (error) {
      const failure = toOpsError(error);
      logger.error('slack installation failed', {
        code: failure.code,
        slackError: failure.details['slackError'],
      });
      return failurePage(failure);
    }
  }

  return {
    serves: (path) => path === INSTALL || path === RETURN,
    async answer(request, response) {
      // Nothing here has a body; what comes is read past, so that the answer can go out.
      request.resume();
      // Not as a URL: what is none must not end in an error.
      const [path = '', query = ''] = (request.url ?? '').split('?', 2);
      if (request.method !== 'GET') {
        response.writeHead(405, { ...HEADERS, allow: 'GET' }).end();
      } else if (path === INSTALL) {
        send(response, begin());
      } else if (path === RETURN) {
        const page = await complete(new URLSearchParams(query), cookies.read(request.headers.cookie));
        send(response, { kind: 'page', page, cookie: cookies.set('', 0) });
      } else {
        response.writeHead(404, HEADERS).end();
      }
    },
  };
}

function send(response: ServerResponse, answer: Answer): void {
  const headers = { ...HEADERS, 'set-cookie': answer.cookie };
  if (answer.kind === 'redirect') {
    response.writeHead(302, { ...headers, location: answer.to }).end();
    return;
  }
  response
    .writeHead(answer.page.status, { ...headers, 'content-type': 'text/html; charset=utf-8' })
    .end(renderInstallPage(answer.page));
}

/** The cookie that binds a state to a browser. Lax: it must come along when Slack sends the browser back. */
function createCookie(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https:');
  const name = isSecure ? '__Host-jamie-install' : 'jamie-install';
  const traits = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return {
    set: (value: string, seconds: number) => `${name}=${value}; Max-Age=${seconds}; ${traits}`,
    read: (header: string | undefined) =>
      (header ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .find((pair) => pair.startsWith(`${name}=`))
        ?.slice(name.length + 1),
  };
}
