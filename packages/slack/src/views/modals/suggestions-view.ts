import type { Suggestion } from '@jamie/core';
import type { PlainTextOption } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import type { SlackPayload } from '../../receiver/delivery-keys.ts';
import { plainText, toOption } from './modal-blocks.ts';
import { toOptionValue } from './option-value.ts';

/** The options of a select for what was typed: at most 100, each value once. Pure. */
export function renderSuggestions(suggestions: readonly Suggestion[]): SlackPayload {
  const options = new Map<string, PlainTextOption>();
  for (const { label, value, detail } of suggestions) {
    if (label.trim() === '' || value.trim() === '') continue;
    const option = toOption({ label, value: toOptionValue(value) });
    options.set(option.value ?? '', detail === undefined ? option : { ...option, ...descriptionOf(detail) });
  }
  return { options: [...options.values()].slice(0, SLACK_LIMITS.selectOptions) };
}

function descriptionOf(detail: string): Pick<PlainTextOption, 'description'> {
  return { description: plainText(detail, SLACK_LIMITS.optionText) };
}
