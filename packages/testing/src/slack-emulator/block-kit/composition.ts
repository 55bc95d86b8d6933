import { isJsonObject } from '@jamie/core';
import {
  type Check,
  flag,
  list,
  matching,
  oneOf,
  optional,
  problem,
  required,
  shape,
  type,
  words,
} from './check.ts';

/** Text objects of either kind. */
export function text(maximum: number): Check {
  return textOf(maximum, ['plain_text', 'mrkdwn']);
}

export function plainText(maximum: number): Check {
  return textOf(maximum, ['plain_text']);
}

export function mrkdwn(maximum: number): Check {
  return textOf(maximum, ['mrkdwn']);
}

function textOf(maximum: number, kinds: readonly string[]): Check {
  return (value, at) => {
    if (!isJsonObject(value)) return [problem('must provide an object', at)];
    const kind = String(value['type']);
    if (kind !== 'plain_text' && kind !== 'mrkdwn')
      return [problem('must be a valid enum value', `${at}/type`)];
    const body = { type, text: required(words(maximum)) };
    const members =
      kind === 'mrkdwn' ? { ...body, verbatim: optional(flag) } : { ...body, emoji: optional(flag) };
    const wrongKind = kinds.includes(kind) ? [] : [problem(`must be ${kinds.join(' or ')}`, `${at}/type`)];
    return [...wrongKind, ...shape(members)(value, at)];
  };
}

export const url: Check = (value, at) => [
  ...words(3_000)(value, at),
  ...matching(/^[a-z][a-z0-9+.-]*:\S+$/i, 'a valid URL')(value, at),
];

/** Slack's reference says 150 for a value, its type definitions 75: the stricter holds here. */
function optionWith(label: Check): Check {
  return shape({
    text: required(label),
    value: required(words(75)),
    description: optional(plainText(75)),
    url: optional(url),
  });
}

/** An option of a select or an overflow menu. */
export const plainOption = optionWith(plainText(75));

/** An option of radio buttons or checkboxes, whose text may be marked up. */
export const richOption = optionWith(text(75));

export const optionGroup = shape({
  label: required(plainText(75)),
  options: required(list(plainOption, 100)),
});

export const confirm = shape({
  title: required(plainText(100)),
  text: required(text(300)),
  confirm: required(plainText(30)),
  deny: required(plainText(30)),
  style: optional(oneOf('primary', 'danger')),
});

export const dispatchActionConfig = shape({
  trigger_actions_on: required(list(oneOf('on_enter_pressed', 'on_character_entered'), 2)),
});

/** An image by address, or by a file in Slack: exactly one of them. */
export const hasOneImage: Check = (value, at) => {
  const given = isJsonObject(value)
    ? ['image_url', 'slack_file'].filter((key) => value[key] !== undefined)
    : [];
  return given.length === 1 ? [] : [problem('must provide either image_url or slack_file', at)];
};

export const slackFile: Check = (value, at) => {
  const given = isJsonObject(value) ? ['id', 'url'].filter((key) => typeof value[key] === 'string') : [];
  return given.length === 1 ? [] : [problem('must provide either id or url', at)];
};

export const imageElement = shape(
  {
    type,
    alt_text: required(words(2_000)),
    image_url: optional(url),
    slack_file: optional(slackFile),
  },
  hasOneImage,
);
