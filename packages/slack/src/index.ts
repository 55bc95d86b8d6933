export { type ChannelPace, createChannelPace } from './notifier/channel-pace.ts';
export { findMarked, type MarkSearch, messageMark } from './notifier/message-mark.ts';
export { createSlackNotifier, type SlackNotifierOptions } from './notifier/slack-notifier.ts';
export { answerDelivery, NO_OPTIONS } from './receiver/answer-delivery.ts';
export {
  classifyPayload,
  type DeliveryKind,
  deliveryKeysOf,
  type SlackPayload,
} from './receiver/delivery-keys.ts';
export { deliveryTeamOf } from './receiver/delivery-team.ts';
export { createHttpReceiver, type HttpReceiver, type HttpReceiverOptions } from './receiver/http-receiver.ts';
export type { Receiver, ReceiverAnswer, ReceiverEvents, ReceiverHealth } from './receiver/receiver.ts';
export { createSocketReceiver, type SocketReceiverOptions } from './receiver/socket-receiver.ts';
export { toInboxDelivery } from './receiver/to-inbox-delivery.ts';
export {
  createSdkLogger,
  createSlackClient,
  type SlackClientOptions,
  slackClientOptions,
} from './slack-client.ts';
export { slackErrorWord, translateSlackError } from './slack-error.ts';
export { createFirstSign, type FirstSign, type SignTarget } from './status/first-sign.ts';
export {
  type CommandValue,
  findOfferedCommand,
  type OfferPlace,
  parseCommandValue,
} from './views/command-value.ts';
export type { SlackContent } from './views/content.ts';
export { ASK_FIELDS, ASK_MODAL, type AskModal, renderAskModal } from './views/modals/ask-modal.ts';
export { type AskOrigin, type AskState, parseAskState } from './views/modals/ask-state.ts';
export {
  type FieldErrors,
  type ModalSubmission,
  readModalState,
  readSubmission,
} from './views/modals/modal-submission.ts';
export { type AskedWithModal, readAsk } from './views/modals/read-ask.ts';
export { validateSubmission } from './views/modals/validate-submission.ts';
export { bold, codeSpan, escapeText } from './views/mrkdwn.ts';
export { CHOICE_ACTION, FOLLOW_UP_ACTION } from './views/offers-view.ts';
export {
  COMMAND_ACTION,
  formatPlanAction,
  PLAN_ACTIONS,
  type PlanAction,
  parsePlanAction,
} from './views/plan-action.ts';
export { renderPlanCard } from './views/plan-card-view.ts';
export { renderReply, renderText } from './views/reply-view.ts';
export { renderShown } from './views/shown-view.ts';
export {
  createInstalledWorkspaces,
  type InstalledWorkspaces,
  type InstalledWorkspacesOptions,
  type WorkspaceHealth,
} from './workspaces/installed-workspaces.ts';
export { createTokenRenewal, type TokenRenewal } from './workspaces/token-renewal.ts';
export { createSingleWorkspace } from './workspaces/single-workspace.ts';
export type { SlackWorkspace, SlackWorkspaces } from './workspaces/slack-workspaces.ts';
