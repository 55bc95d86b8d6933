import { agentMethods } from './api-agents.ts';
import { type ApiAnswer, type ApiArguments, type ApiContext, type ApiMethod, refuse } from './api-answer.ts';
import { blockMethods } from './api-blocks.ts';
import { chatMethods } from './api-chat.ts';
import { conversationMethods } from './api-conversations.ts';
import { fileMethods } from './api-files.ts';
import { oauthMethods } from './api-oauth.ts';
import { presenceMethods } from './api-presence.ts';
import { streamMethods } from './api-streams.ts';
import { userMethods } from './api-users.ts';
import { viewMethods } from './api-views.ts';
import type { TokenCheck } from './token-desk.ts';

/** Every method of the emulated Web API, by name. */
export const API_METHODS: Readonly<Record<string, ApiMethod>> = {
  ...agentMethods,
  ...blockMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...oauthMethods,
  ...presenceMethods,
  ...streamMethods,
  ...userMethods,
  ...viewMethods,
};

/** One call, before it is known whether it is allowed. */
export interface ApiCall {
  readonly name: string;
  readonly args: ApiArguments;
  readonly token: string | undefined;
}

/** What a call needs of the emulator. */
export interface ApiDesk {
  check(token: string): TokenCheck;
  /** Without a check: the first workspace. */
  contextOf(check: TokenCheck | undefined, token: string): ApiContext;
}

/** Answers a call as Slack does: what it does not know with unknown_method, then the token, then the scope. */
export function answerCall(call: ApiCall, desk: ApiDesk): ApiAnswer {
  const { name, args, token } = call;
  const method = Object.hasOwn(API_METHODS, name) ? API_METHODS[name] : undefined;
  if (method === undefined) return refuse('unknown_method', { req_method: name });
  if (method.token === 'none') return method.handle(args, desk.contextOf(undefined, ''));
  if (token === undefined || token === '') return refuse('not_authed');
  const check = desk.check(token);
  if (check.kind === 'refused') return refuse(check.error);
  if (check.kind !== method.token) return refuse('not_allowed_token_type');
  const context = desk.contextOf(check, token);
  const { scopes } = context.workspace;
  if (method.scope !== undefined && !scopes.has(method.scope)) {
    return refuse('missing_scope', { needed: method.scope, provided: [...scopes].join(',') });
  }
  return method.handle(args, context);
}
