import { isJsonObject } from '@jamie/core';
import { button, CONTEXT_ACTION_CHECKS } from './buttons.ts';
import {
  type Check,
  flag,
  list,
  oneOf,
  optional,
  problem,
  required,
  shape,
  type,
  typed,
  words,
} from './check.ts';
import { hasOneImage, imageElement, plainText, slackFile, text, url } from './composition.ts';
import { INPUT_CHECKS } from './inputs.ts';
import { overflow, SELECT_CHECKS } from './selects.ts';

/** What every kind of block may carry. */
export const block = { type, block_id: optional(words(255)) };

const { datepicker, timepicker, datetimepicker, radio_buttons, checkboxes, rich_text_input } = INPUT_CHECKS;

const accessory = typed({
  ...SELECT_CHECKS,
  button,
  overflow,
  datepicker,
  timepicker,
  radio_buttons,
  checkboxes,
  image: imageElement,
});
const action = typed({
  ...SELECT_CHECKS,
  button,
  overflow,
  datepicker,
  timepicker,
  datetimepicker,
  radio_buttons,
  checkboxes,
  rich_text_input,
});
const inputElement = typed({ ...SELECT_CHECKS, ...INPUT_CHECKS });

const contextText = text(3_000);
const contextElement = typed({ plain_text: contextText, mrkdwn: contextText, image: imageElement });

const hasTextOrFields: Check = (value, at) =>
  isJsonObject(value) && value['text'] === undefined && value['fields'] === undefined
    ? [problem('missing required field: text', at)]
    : [];

const uniqueActionIds: Check = (value, at) => {
  const elements = isJsonObject(value) && Array.isArray(value['elements']) ? value['elements'] : [];
  const ids = elements.map((element: unknown) => (isJsonObject(element) ? element['action_id'] : undefined));
  const given = ids.filter((id) => id !== undefined);
  return new Set(given).size === given.length
    ? []
    : [problem('`action_id` must be unique within a block', `${at}/elements`)];
};

/** The plain blocks of every surface, by type. Limits: docs.slack.dev/reference/block-kit/blocks. */
export const BLOCK_CHECKS = {
  section: shape(
    {
      ...block,
      text: optional(text(3_000)),
      fields: optional(list(text(2_000), 10)),
      accessory: optional(accessory),
      expand: optional(flag),
    },
    hasTextOrFields,
  ),
  header: shape({ ...block, text: required(plainText(150)) }),
  divider: shape(block),
  context: shape({ ...block, elements: required(list(contextElement, 10)) }),
  actions: shape({ ...block, elements: required(list(action, 25)) }, uniqueActionIds),
  context_actions: shape(
    { ...block, elements: required(list(typed(CONTEXT_ACTION_CHECKS), 5)) },
    uniqueActionIds,
  ),
  image: shape(
    {
      ...block,
      alt_text: required(words(2_000)),
      title: optional(plainText(2_000)),
      image_url: optional(url),
      slack_file: optional(slackFile),
    },
    hasOneImage,
  ),
  input: shape({
    ...block,
    label: required(plainText(2_000)),
    hint: optional(plainText(2_000)),
    optional: optional(flag),
    dispatch_action: optional(flag),
    element: required(inputElement),
  }),
  markdown: shape({ ...block, text: required(words(12_000)) }),
  alert: shape({
    ...block,
    text: required(text(200)),
    level: optional(oneOf('default', 'info', 'warning', 'error', 'success')),
  }),
} as const satisfies Readonly<Record<string, Check>>;
