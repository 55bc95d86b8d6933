import {
  type Check,
  flag,
  list,
  number,
  oneOf,
  optional,
  required,
  shape,
  type,
  typed,
  words,
} from './check.ts';
import { url } from './composition.ts';

const MAXIMUM_PARTS = 1_000;
const MAXIMUM_TEXT = 10_000;

const style = optional(
  shape({
    bold: optional(flag),
    italic: optional(flag),
    strike: optional(flag),
    code: optional(flag),
    underline: optional(flag),
    highlight: optional(flag),
    client_highlight: optional(flag),
    unlink: optional(flag),
  }),
);

const part = typed({
  text: shape({ type, style, text: required(words(MAXIMUM_TEXT)) }),
  link: shape({
    type,
    style,
    url: required(url),
    text: optional(words(MAXIMUM_TEXT, 0)),
    unsafe: optional(flag),
  }),
  emoji: shape({
    type,
    style,
    name: required(words(255)),
    unicode: optional(words(255)),
    url: optional(url),
  }),
  user: shape({ type, style, user_id: required(words(255)) }),
  usergroup: shape({ type, style, usergroup_id: required(words(255)) }),
  channel: shape({ type, style, channel_id: required(words(255)) }),
  team: shape({ type, style, team_id: required(words(255)) }),
  color: shape({ type, style, value: required(words(7)) }),
  broadcast: shape({ type, style, range: required(oneOf('here', 'channel', 'everyone')) }),
  date: shape({
    type,
    style,
    timestamp: required(number(0, Number.MAX_SAFE_INTEGER)),
    format: required(words(255)),
    url: optional(url),
    fallback: optional(words(MAXIMUM_TEXT)),
  }),
});

const parts = required(list(part, MAXIMUM_PARTS, 0));
const border = optional(number(0, 1));
const section = shape({ type, elements: parts });

const element = typed({
  rich_text_section: section,
  rich_text_quote: shape({ type, elements: parts, border }),
  rich_text_preformatted: shape({ type, elements: parts, border, language: optional(words(100)) }),
  rich_text_list: shape({
    type,
    style: required(oneOf('bullet', 'ordered')),
    indent: optional(number(0, 8)),
    offset: optional(number(0, Number.MAX_SAFE_INTEGER)),
    border,
    elements: required(list(typed({ rich_text_section: section }), MAXIMUM_PARTS, 0)),
  }),
});

/** A rich text block, which also stands in table cells and task cards. */
export const richText: Check = typed({
  rich_text: shape({
    type,
    block_id: optional(words(255)),
    elements: required(list(element, MAXIMUM_PARTS, 0)),
  }),
});
