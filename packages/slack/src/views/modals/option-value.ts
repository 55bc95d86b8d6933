import { createHash } from 'node:crypto';
import type { Suggestion } from '@jamie/core';
import { SLACK_LIMITS } from '../../limits.ts';

/** Slack escapes some characters of a value on its way; these it leaves alone. No digest begins like this. */
const PLAIN = /^[\w.:@/][\w.:@/ -]*$/u;
const DIGEST = /^#[0-9a-f]{32}$/u;

/** The value of an option: what it stands for where Slack takes that, otherwise a digest by which it is found again. */
export function toOptionValue(value: string): string {
  if (value.length <= SLACK_LIMITS.optionValue && PLAIN.test(value)) return value;
  return `#${createHash('sha256').update(value).digest('hex').slice(0, 32)}`;
}

/** Whether an option's value has to be looked up among the suggestions. */
export function isDigestValue(value: string): boolean {
  return DIGEST.test(value);
}

/** What an option stands for, among everything that may be chosen; undefined when it is not there any more. */
export function findOptionValue(value: string, among: readonly Suggestion[]): string | undefined {
  return isDigestValue(value) ? among.find((each) => toOptionValue(each.value) === value)?.value : value;
}
