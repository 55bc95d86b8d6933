import { type Logger, OpsError } from '@jamie/core';
import { type OauthV2AccessResponse, WebClient } from '@slack/web-api';
import { slackClientOptions } from '../slack-client.ts';
import { slackErrorWord, translateSlackError } from '../slack-error.ts';

/** Who we are to Slack's OAuth. */
export interface OauthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly slackApiUrl?: string;
  readonly logger: Logger;
}

/** What is exchanged for a token: the code of an installation, or the refresh token of a rotation. */
export type Grant =
  | { readonly kind: 'code'; readonly code: string; readonly redirectUri: string }
  | { readonly kind: 'refresh'; readonly refreshToken: string };

/** Words that blame our configuration, and not what was exchanged. */
const WRONG_CLIENT: ReadonlySet<string> = new Set([
  'bad_client_secret',
  'invalid_client_id',
  'bad_redirect_uri',
]);

/**
 * Asks Slack for a token (oauth.v2.access). Fails with config_invalid (client id, secret or redirect URL), forbidden
 * (code or refresh token used, expired or unknown), timeout, unavailable, rate_limited.
 */
export async function exchangeGrant(client: OauthClient, grant: Grant): Promise<OauthV2AccessResponse> {
  const { clientId, clientSecret, logger } = client;
  const url = client.slackApiUrl === undefined ? {} : { slackApiUrl: client.slackApiUrl };
  const web = new WebClient(undefined, slackClientOptions({ ...url, logger }));
  const credentials = { client_id: clientId, client_secret: clientSecret };
  try {
    return await web.oauth.v2.access(
      grant.kind === 'code'
        ? { ...credentials, code: grant.code, redirect_uri: grant.redirectUri }
        : { ...credentials, grant_type: 'refresh_token', refresh_token: grant.refreshToken },
    );
  } catch (error) {
    throw translateRefusal(error);
  }
}

function translateRefusal(error: unknown): OpsError {
  const word = slackErrorWord(error);
  const translated = translateSlackError(error, 'oauth.v2.access');
  if (word === undefined || translated.retryable) return translated;
  const details = { method: 'oauth.v2.access', slackError: word };
  if (WRONG_CLIENT.has(word)) {
    return new OpsError('config_invalid', 'slack does not know the client of the app', {
      userMessage: `Slack answers ${word}. Ask a platform admin to check SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_PUBLIC_URL against "Basic Information" and "OAuth & Permissions" of the Slack app.`,
      details,
      cause: error,
    });
  }
  return new OpsError('forbidden', 'slack refuses to give a token', { details, cause: error });
}
