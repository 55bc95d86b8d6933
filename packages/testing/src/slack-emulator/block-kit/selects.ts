import { isJsonObject } from '@jamie/core';
import {
  type Check,
  flag,
  list,
  matching,
  number,
  oneOf,
  optional,
  problem,
  required,
  shape,
  type,
  words,
} from './check.ts';
import { confirm, optionGroup, plainOption, plainText } from './composition.ts';

const actionId = optional(words(255));
const common = {
  type,
  action_id: actionId,
  placeholder: optional(plainText(150)),
  confirm: optional(confirm),
  focus_on_load: optional(flag),
};
const several = { ...common, max_selected_items: optional(number(1, 100)) };
const id = matching(/^[A-Z0-9]{2,}$/, 'an id');
const ids = list(id, 100);
const conversationFilter = shape({
  include: optional(list(oneOf('im', 'mpim', 'private', 'public'), 4)),
  exclude_external_shared_channels: optional(flag),
  exclude_bot_users: optional(flag),
});
const conversations = {
  default_to_current_conversation: optional(flag),
  filter: optional(conversationFilter),
};
const answersUrl = { response_url_enabled: optional(flag) };

const hasOptions: Check = (value, at) => {
  const given = isJsonObject(value)
    ? ['options', 'option_groups'].filter((key) => value[key] !== undefined)
    : [];
  return given.length === 1 ? [] : [problem('must provide either options or option_groups', at)];
};

/** What is chosen at first must be one of the options, letter by letter. */
export const isAmongOptions: Check = (value, at) => {
  if (!isJsonObject(value)) return [];
  const groups = Array.isArray(value['option_groups']) ? value['option_groups'] : [];
  const options = [value, ...groups].flatMap((group: unknown) =>
    isJsonObject(group) && Array.isArray(group['options']) ? group['options'] : [],
  );
  const known = new Set(options.map((option) => JSON.stringify(option)));
  return Object.entries({
    initial_option: [value['initial_option']],
    initial_options: value['initial_options'],
  })
    .filter(([, chosen]) => Array.isArray(chosen))
    .flatMap(([key, chosen]) =>
      (chosen as readonly unknown[])
        .filter((option) => option !== undefined && !known.has(JSON.stringify(option)))
        .map(() => problem('must exactly match one of the options', `${at}/${key}`)),
    );
};

const choices = {
  options: optional(list(plainOption, 100)),
  option_groups: optional(list(optionGroup, 100)),
};
const search = { min_query_length: optional(number(0, 3_000)) };
const oneOption = { initial_option: optional(plainOption) };
const someOptions = { initial_options: optional(list(plainOption, 100)) };

/** Menus from which people choose, by type. */
export const SELECT_CHECKS: Readonly<Record<string, Check>> = {
  static_select: shape({ ...common, ...choices, ...oneOption }, hasOptions, isAmongOptions),
  multi_static_select: shape({ ...several, ...choices, ...someOptions }, hasOptions, isAmongOptions),
  external_select: shape({ ...common, ...search, ...oneOption }),
  multi_external_select: shape({ ...several, ...search, ...someOptions }),
  users_select: shape({ ...common, initial_user: optional(id) }),
  multi_users_select: shape({ ...several, initial_users: optional(ids) }),
  conversations_select: shape({
    ...common,
    ...conversations,
    ...answersUrl,
    initial_conversation: optional(id),
  }),
  multi_conversations_select: shape({ ...several, ...conversations, initial_conversations: optional(ids) }),
  channels_select: shape({ ...common, ...answersUrl, initial_channel: optional(id) }),
  multi_channels_select: shape({ ...several, initial_channels: optional(ids) }),
};

export const overflow = shape({
  type,
  action_id: actionId,
  options: required(list(plainOption, 5)),
  confirm: optional(confirm),
});
