export {
  createSlackFiles,
  type SharedFile,
  type SlackFiles,
  type SlackFilesOptions,
} from './files/slack-files.ts';
export { BOT_SCOPES } from './install/bot-scopes.ts';
export { createInstallDesk, type InstallDesk, type InstallDeskOptions } from './install/install-desk.ts';
export {
  createInstallServer,
  type InstallServer,
  type InstallServerOptions,
} from './install/install-server.ts';
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
export { createSessionStatus, type SessionStatus } from './status/session-status.ts';
export { type AnswerStreams, createAnswerStreams } from './stream/answer-streams.ts';
export { createSlackProgress, type SlackProgress, type SlackWork } from './stream/slack-progress.ts';
export { sweepStreams } from './stream/sweep-streams.ts';
export {
  type CommandValue,
  findOfferedCommand,
  type OfferPlace,
  parseCommandValue,
} from './views/command-value.ts';
export type { SlackContent } from './views/content.ts';
export {
  asksForFeedback,
  FEEDBACK_ACTION,
  type FeedbackClick,
  type FeedbackStyle,
  parseFeedbackValue,
  renderFeedback,
} from './views/feedback-view.ts';
export { HOME_ACTIONS, HOME_COMMAND_ACTION } from './views/home/home-actions.ts';
export { renderHome, renderLoadingHome, renderStrangerHome } from './views/home/home-view.ts';
export { ASK_FIELDS, ASK_MODAL, type AskModal, renderAskModal } from './views/modals/ask-modal.ts';
export { type AskOrigin, type AskState, parseAskState } from './views/modals/ask-state.ts';
export { DENY_PLAN_MODAL, DENY_REASON_FIELD, renderDenyPlanModal } from './views/modals/deny-plan-modal.ts';
export { EDIT_PLAN_MODAL, renderEditPlanModal } from './views/modals/edit-plan-modal.ts';
export {
  FEEDBACK_FIELDS,
  FEEDBACK_MODAL,
  parseFeedbackModalState,
  parseFeedbackProblem,
  renderFeedbackModal,
} from './views/modals/feedback-modal.ts';
export { renderLoadingModal, renderMessageModal } from './views/modals/message-modal.ts';
export {
  type FieldErrors,
  type ModalSubmission,
  readModalState,
  readSubmission,
} from './views/modals/modal-submission.ts';
export { findOptionValue, isDigestValue } from './views/modals/option-value.ts';
export {
  type ModalPlace,
  type PlanModalState,
  parsePlanModalState,
} from './views/modals/plan-modal-state.ts';
export {
  PREFERENCES_FIELDS,
  PREFERENCES_MODAL,
  parsePreferencesState,
  preferencesCommand,
  readPreferences,
  renderPreferencesModal,
} from './views/modals/preferences-modal.ts';
export { type AskedWithModal, readAsk } from './views/modals/read-ask.ts';
export { renderSuggestions } from './views/modals/suggestions-view.ts';
export { validateSubmission } from './views/modals/validate-submission.ts';
export { bold, codeSpan, escapeText, formatLink } from './views/mrkdwn.ts';
export { type NoticeLink, renderNotice } from './views/notice-view.ts';
export { CHOICE_ACTION, FOLLOW_UP_ACTION, parseChoiceBlock, searchChoice } from './views/offers-view.ts';
export {
  COMMAND_ACTION,
  formatPlanAction,
  PLAN_ACTIONS,
  type PlanAction,
  parsePlanAction,
} from './views/plan-action.ts';
export { renderPlanCard } from './views/plan-card-view.ts';
export { renderReply, renderText } from './views/reply-view.ts';
export { layOutShown, type ShownNotes, type SlackLayout } from './views/shown-view.ts';
export {
  createInstalledWorkspaces,
  type InstalledWorkspaces,
  type InstalledWorkspacesOptions,
  type WorkspaceHealth,
} from './workspaces/installed-workspaces.ts';
export { createSingleWorkspace } from './workspaces/single-workspace.ts';
export type { SlackWorkspace, SlackWorkspaces } from './workspaces/slack-workspaces.ts';
export { createTokenRenewal } from './workspaces/token-renewal.ts';
