import { isJsonObject } from '@jamie/core';
import {
  type Check,
  flag,
  optional,
  problem,
  required,
  shape,
  type,
  typed,
  words,
} from './block-kit/check.ts';
import { plainText } from './block-kit/composition.ts';
import { validateBlocks } from './block-kit-validator.ts';

/** What both kinds of view may carry. */
const common = {
  type,
  private_metadata: optional(words(3_000, 0)),
  callback_id: optional(words(255, 0)),
  external_id: optional(words(255, 0)),
};
const short = plainText(24);
const viewBlocks =
  (surface: 'modal' | 'home'): Check =>
  (value, at) =>
    validateBlocks(value, surface, at);

const needsSubmit: Check = (value, at) => {
  if (!isJsonObject(value) || value['submit'] !== undefined || !Array.isArray(value['blocks'])) return [];
  const hasInput = value['blocks'].some((block) => isJsonObject(block) && block['type'] === 'input');
  return hasInput ? [problem('missing required field: submit', at)] : [];
};

const view = typed({
  modal: shape(
    {
      ...common,
      title: required(short),
      blocks: required(viewBlocks('modal')),
      submit: optional(short),
      close: optional(short),
      clear_on_close: optional(flag),
      notify_on_close: optional(flag),
      submit_disabled: optional(flag),
    },
    needsSubmit,
  ),
  home: shape({ ...common, blocks: required(viewBlocks('home')) }),
});

/**
 * Slack's rules for a modal or a Home tab. Answers in Slack's words: an empty list when there is nothing to say.
 * Limits: docs.slack.dev/reference/views.
 */
export function validateView(value: unknown): readonly string[] {
  return view(value, '/view');
}
