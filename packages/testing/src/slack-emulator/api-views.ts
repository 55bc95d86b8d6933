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
import { viewBody } from './view-payloads.ts';
import type { EmulatedView, ViewBody } from './view-store.ts';
import { validateView } from './view-validator.ts';

/** Modals and the Home tab. Words: docs.slack.dev/reference/methods, group views. */
export const viewMethods: Readonly<Record<string, ApiMethod>> = {
  'views.open': { token: 'bot', handle: openView },
  'views.push': { token: 'bot', handle: pushView },
  'views.update': { token: 'bot', handle: updateView },
  'views.publish': { token: 'bot', handle: publishView },
};

/** Slack takes views of up to 250 kB of JSON. */
const MAXIMUM_VIEW_BYTES = 250_000;

type Read = { readonly body: ViewBody } | { readonly refusal: ApiAnswer };

function openView(args: ApiArguments, context: ApiContext): ApiAnswer {
  const read = readView(args, 'modal');
  if ('refusal' in read) return read.refusal;
  const refusal = refuseExternalId(read.body, context);
  if (refusal !== undefined) return refusal;
  const trigger = context.workspace.redeemTrigger(textArgument(args, 'trigger_id') ?? '');
  if (trigger.kind === 'refused') return refuse(trigger.error);
  return shown(context, context.workspace.views.open(trigger.userId, read.body));
}

function pushView(args: ApiArguments, context: ApiContext): ApiAnswer {
  const read = readView(args, 'modal');
  if ('refusal' in read) return read.refusal;
  const refusal = refuseExternalId(read.body, context);
  if (refusal !== undefined) return refusal;
  const trigger = context.workspace.redeemTrigger(textArgument(args, 'trigger_id') ?? '');
  if (trigger.kind === 'refused') return refuse(trigger.error);
  if (context.workspace.views.topOf(trigger.userId) === undefined) return refuse('not_found');
  const pushed = context.workspace.views.push(trigger.userId, read.body);
  return pushed === undefined ? refuse('push_limit_reached') : shown(context, pushed);
}

function updateView(args: ApiArguments, context: ApiContext): ApiAnswer {
  const { views } = context.workspace;
  const viewId = textArgument(args, 'view_id');
  const externalId = textArgument(args, 'external_id');
  if (viewId === undefined && externalId === undefined) {
    return refuseArguments('[ERROR] must provide view_id or external_id [json-pointer:/]');
  }
  const view = viewId === undefined ? views.findByExternalId(externalId ?? '') : views.find(viewId);
  if (view === undefined) return refuse('not_found');
  const read = readView(args, view.type);
  if ('refusal' in read) return read.refusal;
  if (isStale(args, view)) return refuse('hash_conflict');
  const refusal = refuseExternalId(read.body, context, view);
  return refusal ?? shown(context, views.update(view, read.body));
}

function publishView(args: ApiArguments, context: ApiContext): ApiAnswer {
  if (!context.settings.hasHomeTab) return refuse('not_enabled');
  const userId = textArgument(args, 'user_id') ?? '';
  if (!context.workspace.users.has(userId)) return refuseArguments('invalid `user_id`');
  const read = readView(args, 'home');
  if ('refusal' in read) return read.refusal;
  const home = context.workspace.views.homeOf(userId);
  if (home !== undefined && isStale(args, home)) return refuse('hash_conflict');
  const refusal = refuseExternalId(read.body, context, home);
  return refusal ?? shown(context, context.workspace.views.publish(userId, read.body));
}

function readView(args: ApiArguments, type: EmulatedView['type']): Read {
  const view = jsonArgument(args, 'view');
  if (view === undefined || view === null) {
    return { refusal: refuseArguments('[ERROR] missing required field: view [json-pointer:/]') };
  }
  if (Buffer.byteLength(JSON.stringify(view)) > MAXIMUM_VIEW_BYTES)
    return { refusal: refuse('view_too_large') };
  const problems = validateView(view);
  if (problems.length > 0) return { refusal: refuseArguments(...problems) };
  const body = view as ViewBody;
  return body['type'] === type
    ? { body }
    : { refusal: refuseArguments(`[ERROR] must be ${type} [json-pointer:/view/type]`) };
}

/** An external id belongs to one view of the workspace; `own` is the view that may keep it. */
function refuseExternalId(
  body: ViewBody,
  { workspace }: ApiContext,
  own?: EmulatedView,
): ApiAnswer | undefined {
  const externalId = body['external_id'];
  if (typeof externalId !== 'string' || externalId === '') return undefined;
  const holder = workspace.views.findByExternalId(externalId);
  return holder === undefined || holder === own ? undefined : refuse('duplicate_external_id');
}

function isStale(args: ApiArguments, view: EmulatedView): boolean {
  const hash = textArgument(args, 'hash');
  return hash !== undefined && hash !== view.hash;
}

function shown({ workspace }: ApiContext, view: EmulatedView): ApiAnswer {
  return { ok: true, view: viewBody(workspace, view) };
}
