import { type Check, list, oneOf, optional, required, shape, type, words } from './check.ts';
import { confirm, plainText, url } from './composition.ts';

const actionId = optional(words(255));
const style = optional(oneOf('primary', 'danger'));
const accessibilityLabel = optional(words(75));

/** A button that can be pressed in messages and views. */
export const button: Check = shape({
  type,
  action_id: actionId,
  text: required(plainText(75)),
  value: optional(words(2_000)),
  url: optional(url),
  style,
  confirm: optional(confirm),
  accessibility_label: accessibilityLabel,
});

const feedbackButton = shape({
  text: required(plainText(75)),
  value: required(words(2_000)),
  accessibility_label: accessibilityLabel,
});

/** Elements of a context_actions block, by type. */
export const CONTEXT_ACTION_CHECKS: Readonly<Record<string, Check>> = {
  feedback_buttons: shape({
    type,
    action_id: actionId,
    positive_button: required(feedbackButton),
    negative_button: required(feedbackButton),
  }),
  icon_button: shape({
    type,
    action_id: actionId,
    icon: required(oneOf('trash')),
    text: required(plainText(75)),
    value: optional(words(2_000)),
    accessibility_label: accessibilityLabel,
    visible_to_user_ids: optional(list(words(255), 10)),
    confirm: optional(confirm),
  }),
};
