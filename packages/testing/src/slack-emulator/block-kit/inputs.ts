import { type Check, flag, list, matching, number, optional, required, shape, type, words } from './check.ts';
import { confirm, dispatchActionConfig, plainText, richOption } from './composition.ts';
import { richText } from './rich-text.ts';
import { isAmongOptions } from './selects.ts';

const element = { type, action_id: optional(words(255)), focus_on_load: optional(flag) };
const picker = { ...element, confirm: optional(confirm) };
const typedInto = {
  ...element,
  placeholder: optional(plainText(150)),
  dispatch_action_config: optional(dispatchActionConfig),
};
const MAXIMUM_INPUT = 3_000;
const numeric = matching(/^-?\d+(\.\d+)?$/, 'a number');

/** What people type or pick, by type; selects have their own file. */
export const INPUT_CHECKS = {
  plain_text_input: shape({
    ...typedInto,
    initial_value: optional(words(MAXIMUM_INPUT, 0)),
    multiline: optional(flag),
    min_length: optional(number(0, MAXIMUM_INPUT)),
    max_length: optional(number(1, MAXIMUM_INPUT)),
  }),
  email_text_input: shape({ ...typedInto, initial_value: optional(words(MAXIMUM_INPUT, 0)) }),
  url_text_input: shape({ ...typedInto, initial_value: optional(words(MAXIMUM_INPUT, 0)) }),
  number_input: shape({
    ...typedInto,
    is_decimal_allowed: required(flag),
    initial_value: optional(numeric),
    min_value: optional(numeric),
    max_value: optional(numeric),
  }),
  rich_text_input: shape({
    ...typedInto,
    initial_value: optional(richText),
    min_lines: optional(number(1, 100)),
    max_lines: optional(number(1, 100)),
  }),
  datepicker: shape({
    ...picker,
    placeholder: optional(plainText(150)),
    initial_date: optional(matching(/^\d{4}-\d{2}-\d{2}$/, 'a date in the format YYYY-MM-DD')),
  }),
  timepicker: shape({
    ...picker,
    placeholder: optional(plainText(150)),
    initial_time: optional(matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time in the format HH:mm')),
    timezone: optional(words(100)),
  }),
  datetimepicker: shape({ ...picker, initial_date_time: optional(number(1_000_000_000, 9_999_999_999)) }),
  radio_buttons: shape(
    { ...picker, options: required(list(richOption, 10)), initial_option: optional(richOption) },
    isAmongOptions,
  ),
  checkboxes: shape(
    {
      ...picker,
      options: required(list(richOption, 10)),
      initial_options: optional(list(richOption, 10)),
    },
    isAmongOptions,
  ),
  file_input: shape({
    type,
    action_id: optional(words(255)),
    filetypes: optional(list(words(50), 100)),
    max_files: optional(number(1, 10)),
  }),
} as const satisfies Readonly<Record<string, Check>>;
