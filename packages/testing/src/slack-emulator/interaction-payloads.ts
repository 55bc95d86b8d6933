import { type ElementState, initialState } from './element-state.ts';
import { type ActedOn, elementsOf } from './find-element.ts';
import { messageBody, type Payload } from './payloads.ts';
import type { ViewValues } from './view-store.ts';
import type { EmulatedChannel, EmulatedMessage, EmulatedUser, SlackWorkspace } from './workspace.ts';

/** Who acts, and in which workspace. */
export interface InteractionSource {
  readonly workspace: SlackWorkspace;
  readonly user: EmulatedUser;
}

/** A message, or one that only its reader sees, in which somebody acts. */
export interface ActedMessage {
  readonly channel: EmulatedChannel;
  readonly message: EmulatedMessage;
  readonly isEphemeral: boolean;
}

/** What a person did with one element; `state` is what it holds afterwards. */
export interface ElementAct extends ActedOn {
  readonly state?: ElementState;
}

/** What every interactive payload says about the person, the app and the workspace. */
export function interactionBody({ workspace, user }: InteractionSource): Payload {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: workspace.appId,
    token: 'verification-token',
    team: { id: workspace.teamId, domain: workspace.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The form fields of a slash command. */
export function slashCommand(
  { workspace, user }: InteractionSource,
  command: { readonly channel: EmulatedChannel; readonly name: string; readonly text: string },
  responseUrl: string,
): Payload {
  return {
    token: 'verification-token',
    team_id: user.teamId,
    team_domain: workspace.domain,
    channel_id: command.channel.id,
    channel_name: command.channel.kind === 'im' ? 'directmessage' : command.channel.name,
    user_id: user.id,
    user_name: user.name,
    command: command.name,
    text: command.text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: workspace.mintTrigger(user.id),
  };
}

/** A click on a button, or a choice, in one of the app's messages. */
export function messageBlockAction(
  source: InteractionSource,
  at: ActedMessage,
  act: ElementAct,
  responseUrl: string,
): Payload {
  const { workspace, user } = source;
  // Slack names blocks that came without a name.
  const blockId = act.blockId ?? workspace.nextId('b');
  return {
    type: 'block_actions',
    ...interactionBody(source),
    container: messageContainer(at),
    trigger_id: workspace.mintTrigger(user.id),
    channel: { id: at.channel.id, name: at.channel.name },
    // The app is not shown what stands in a message that only its reader sees.
    ...(at.isEphemeral ? {} : { message: messageBody(workspace, at.message) }),
    state: { values: messageValues(workspace, at.message, { ...act, blockId }) },
    response_url: responseUrl,
    actions: [actionBody(act, blockId, workspace.nextTs(at.channel.id))],
  };
}

/** A click or a choice in a modal or on the Home tab: there is no channel and no message. `view` is as after it. */
export function viewBlockAction(source: InteractionSource, view: Payload, act: ElementAct): Payload {
  const { workspace, user } = source;
  return {
    type: 'block_actions',
    ...interactionBody(source),
    container: { type: 'view', view_id: view['id'] },
    trigger_id: workspace.mintTrigger(user.id),
    view,
    actions: [actionBody(act, act.blockId ?? '', workspace.nextTs('views'))],
  };
}

/** A person types in a select whose options the app provides. */
export function blockSuggestion(
  source: InteractionSource,
  at: { readonly message: ActedMessage } | { readonly view: Payload },
  asked: { readonly blockId: string; readonly actionId: string; readonly query: string },
): Payload {
  const place =
    'view' in at
      ? { container: { type: 'view', view_id: at.view['id'] }, view: at.view }
      : {
          container: messageContainer(at.message),
          channel: { id: at.message.channel.id, name: at.message.channel.name },
          message: messageBody(source.workspace, at.message.message),
        };
  return {
    type: 'block_suggestion',
    ...interactionBody(source),
    ...place,
    action_id: asked.actionId,
    block_id: asked.blockId,
    value: asked.query,
  };
}

/** A person chooses one of the app's entries in the menu of a message, anybody's. */
export function messageShortcut(
  source: InteractionSource,
  at: ActedMessage,
  shortcut: { readonly callbackId: string; readonly responseUrl: string },
): Payload {
  const { workspace, user } = source;
  return {
    type: 'message_action',
    ...interactionBody(source),
    callback_id: shortcut.callbackId,
    trigger_id: workspace.mintTrigger(user.id),
    response_url: shortcut.responseUrl,
    action_ts: workspace.nextTs(at.channel.id),
    message_ts: at.message.ts,
    channel: { id: at.channel.id, name: at.channel.kind === 'im' ? 'directmessage' : at.channel.name },
    message: messageBody(workspace, at.message),
  };
}

function messageContainer({ channel, message, isEphemeral }: ActedMessage): Payload {
  return {
    type: 'message',
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: isEphemeral,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  };
}

/** What every element of a message holds after this act. */
function messageValues(workspace: SlackWorkspace, message: EmulatedMessage, act: ElementAct): ViewValues {
  const values: Record<string, Record<string, Payload>> = {};
  for (const { blockId, element } of elementsOf(message.blocks)) {
    const isActedOn = element === act.element;
    const state = isActedOn ? act.state : initialState(element);
    const block = (isActedOn ? act.blockId : blockId) ?? workspace.nextId('b');
    if (state !== undefined) values[block] = { ...values[block], [String(element['action_id'])]: state };
  }
  return values;
}

/** Slack's words about one act: docs.slack.dev/reference/interaction-payloads/block_actions-payload. */
function actionBody(act: ElementAct, blockId: string, ts: string): Payload {
  const { element } = act;
  return {
    type: element['type'],
    ...(act.state ?? pressedBody(act)),
    ...(element['placeholder'] === undefined ? {} : { placeholder: element['placeholder'] }),
    block_id: blockId,
    action_id: String(element['action_id']),
    action_ts: ts,
  };
}

function pressedBody({ element, option }: ElementAct): Payload {
  switch (element['type']) {
    case 'overflow':
      return { selected_option: option };
    case 'feedback_buttons':
      return { text: option?.['text'], value: option?.['value'] };
    case 'icon_button':
      return { text: element['text'], icon: element['icon'], value: element['value'] };
    default:
      return { text: element['text'], value: element['value'] };
  }
}
