import { isJsonObject } from '@jamie/core';
import { SESSION_STATUSES, threadKey } from './agent-surface.ts';
import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  jsonArgument,
  refuse,
  refuseArguments,
  textArgument,
} from './api-answer.ts';
import type { Found } from './message-content.ts';

/** What an agent shows beside its messages. Words: docs.slack.dev/reference/methods, groups assistant and agents. */
export const agentMethods: Readonly<Record<string, ApiMethod>> = {
  'assistant.threads.setStatus': { token: 'bot', scope: 'chat:write', handle: setStatus },
  'assistant.threads.setTitle': { token: 'bot', scope: 'assistant:write', handle: setTitle },
  'assistant.threads.setSuggestedPrompts': { token: 'bot', scope: 'assistant:write', handle: setPrompts },
  'agents.sessions.setStatus': { token: 'bot', scope: 'chat:write', handle: setSessionStatus },
  'agents.sessions.rename': { token: 'bot', scope: 'chat:write', handle: renameSession },
};

const MAXIMUM_LOADING_MESSAGES = 10;
const MAXIMUM_PROMPTS = 4;
const MAXIMUM_SESSION_TITLE = 200;
const NOT_SUBSCRIBED = 'missing_agent_session_stopped_event_subscription';

function setStatus(args: ApiArguments, context: ApiContext): ApiAnswer {
  const thread = findThread(args, context, 'not_agent_app');
  if ('refusal' in thread) return thread.refusal;
  const { statuses } = context.workspace;
  const given = jsonArgument(args, 'loading_messages') ?? [];
  const messages = Array.isArray(given) ? given.map(String) : [];
  if (messages.length > MAXIMUM_LOADING_MESSAGES) {
    return refuseArguments('[ERROR] no more than 10 items allowed [json-pointer:/loading_messages]');
  }
  const text = textArgument(args, 'status');
  if (text === undefined) statuses.delete(thread.value);
  else statuses.set(thread.value, { text, loadingMessages: messages });
  return { ok: true };
}

function setTitle(args: ApiArguments, context: ApiContext): ApiAnswer {
  const thread = findThread(args, context, 'not_agent_app');
  if ('refusal' in thread) return thread.refusal;
  const title = textArgument(args, 'title');
  if (title === undefined)
    return refuseArguments('[ERROR] missing required field: title [json-pointer:/title]');
  context.workspace.agent.titles.set(thread.value, title);
  return { ok: true };
}

/** Without a thread the prompts stand at the top of the app's Messages tab. */
function setPrompts(args: ApiArguments, context: ApiContext): ApiAnswer {
  if (!context.settings.hasAgentSurface) return refuse('not_agent_app');
  const channelId = textArgument(args, 'channel_id') ?? '';
  if (!context.workspace.channels.has(channelId)) return refuse('channel_not_found');
  const threadTs = textArgument(args, 'thread_ts');
  if (threadTs !== undefined && context.workspace.findMessage(channelId, threadTs) === undefined) {
    return refuse('invalid_thread_ts');
  }
  const prompts = jsonArgument(args, 'prompts');
  if (!Array.isArray(prompts) || !prompts.every(isPrompt)) {
    return refuseArguments('[ERROR] must be an array of title and message [json-pointer:/prompts]');
  }
  if (prompts.length > MAXIMUM_PROMPTS) {
    return refuseArguments('[ERROR] no more than 4 items allowed [json-pointer:/prompts]');
  }
  const title = textArgument(args, 'title');
  const key = threadTs === undefined ? channelId : threadKey(channelId, threadTs);
  context.workspace.agent.prompts.set(key, { prompts, ...(title === undefined ? {} : { title }) });
  return { ok: true };
}

function setSessionStatus(args: ApiArguments, context: ApiContext): ApiAnswer {
  const thread = findThread(args, context, 'feature_disabled');
  if ('refusal' in thread) return thread.refusal;
  const given = textArgument(args, 'status');
  const status = SESSION_STATUSES.find((each) => each === given);
  if (status === undefined) {
    return refuseArguments('[ERROR] must be a valid enum value [json-pointer:/status]');
  }
  const title = textArgument(args, 'title');
  if ((title?.length ?? 0) > MAXIMUM_SESSION_TITLE) return refuseTitle();
  const session = context.workspace.agent.setSession(thread.value, status, title);
  const answer = { ok: true as const, agent_status: status, ...session };
  return context.settings.hearsSessionStops
    ? answer
    : { ...answer, warning: NOT_SUBSCRIBED, response_metadata: { warnings: [NOT_SUBSCRIBED] } };
}

function renameSession(args: ApiArguments, context: ApiContext): ApiAnswer {
  const thread = findThread(args, context, 'feature_disabled');
  if ('refusal' in thread) return thread.refusal;
  const title = textArgument(args, 'title') ?? '';
  if (title === '' || title.length > MAXIMUM_SESSION_TITLE) return refuseTitle();
  const { sessions } = context.workspace.agent;
  const session = sessions.get(thread.value);
  if (session === undefined) return refuse('session_not_found');
  sessions.set(thread.value, { ...session, title });
  return { ok: true, title };
}

function refuseTitle(): ApiAnswer {
  return refuseArguments('[ERROR] must be between 1 and 200 characters [json-pointer:/title]');
}

function findThread(args: ApiArguments, context: ApiContext, withoutSurface: string): Found<string> {
  if (!context.settings.hasAgentSurface) return { refusal: refuse(withoutSurface) };
  const channel = context.workspace.channels.get(textArgument(args, 'channel_id') ?? '');
  if (channel === undefined) return { refusal: refuse('channel_not_found') };
  if (channel.isArchived) return { refusal: refuse('is_archived') };
  if (!channel.botIsMember) return { refusal: refuse('not_in_channel') };
  const threadTs = textArgument(args, 'thread_ts') ?? '';
  if (context.workspace.findMessage(channel.id, threadTs) === undefined) {
    return { refusal: refuse('invalid_thread_ts') };
  }
  return { value: threadKey(channel.id, threadTs) };
}

function isPrompt(value: unknown): value is { readonly title: string; readonly message: string } {
  return isJsonObject(value) && typeof value['title'] === 'string' && typeof value['message'] === 'string';
}
