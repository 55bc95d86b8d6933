import { initialState } from './element-state.ts';
import { elementsOf } from './find-element.ts';
import { type InteractionSource, interactionBody } from './interaction-payloads.ts';
import type { Payload } from './payloads.ts';
import type { EmulatedView, ViewBody, ViewValues } from './view-store.ts';
import type { SlackWorkspace } from './workspace.ts';

/** A view as views.*, submissions and clicks show it. */
export function viewBody(workspace: SlackWorkspace, view: EmulatedView): Payload {
  const { body } = view;
  return {
    id: view.id,
    team_id: workspace.teamId,
    type: view.type,
    blocks: body['blocks'] ?? [],
    private_metadata: body['private_metadata'] ?? '',
    callback_id: body['callback_id'] ?? '',
    state: { values: valuesOf(view) },
    hash: view.hash,
    title: body['title'] ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: body['clear_on_close'] ?? false,
    notify_on_close: body['notify_on_close'] ?? false,
    close: body['close'] ?? null,
    submit: body['submit'] ?? null,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: workspace.appId,
    external_id: body['external_id'] ?? '',
    app_installed_team_id: workspace.teamId,
    bot_id: workspace.botId,
  };
}

/** What the elements of a view hold: what was filled in, otherwise what they started with. */
export function valuesOf(view: EmulatedView): ViewValues {
  const values: Record<string, Record<string, Payload>> = {};
  for (const { blockId, element } of elementsOf(blocksOf(view.body))) {
    const actionId = String(element['action_id']);
    const state = view.values[blockId ?? '']?.[actionId] ?? initialState(element);
    if (state === undefined || blockId === undefined) continue;
    values[blockId] = { ...values[blockId], [actionId]: state };
  }
  return values;
}

export function blocksOf(body: ViewBody): readonly ViewBody[] {
  return (body['blocks'] ?? []) as readonly ViewBody[];
}

/** A person presses the submit button of a modal. */
export function viewSubmission(source: InteractionSource, view: EmulatedView): Payload {
  return {
    type: 'view_submission',
    ...interactionBody(source),
    trigger_id: source.workspace.mintTrigger(source.user.id),
    view: viewBody(source.workspace, view),
    response_urls: [],
  };
}

/** A person closes a modal; `isCleared` when the whole stack went with it. */
export function viewClosed(source: InteractionSource, view: EmulatedView, isCleared: boolean): Payload {
  return {
    type: 'view_closed',
    ...interactionBody(source),
    view: viewBody(source.workspace, view),
    is_cleared: isCleared,
  };
}
