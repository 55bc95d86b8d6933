import type { Principal, SuggestionQuery } from '@jamie/core';
import { findOptionValue, isDigestValue } from '@jamie/slack';
import type { ListenerContext } from '../listener-context.ts';

/** Everything that may be chosen is looked through for a value that was too long for Slack. */
const EVERYTHING = 100_000;

/** Where an option was chosen. */
export type OptionPlace = Pick<SuggestionQuery, 'what' | 'cluster' | 'namespace'>;

/** What a chosen option stands for; undefined when nothing was chosen, or it is not there any more. */
export async function resolveOption(
  { desk }: Pick<ListenerContext, 'desk'>,
  principal: Principal,
  value: string | undefined,
  place: OptionPlace,
): Promise<string | undefined> {
  if (value === undefined || !isDigestValue(value)) return value;
  return findOptionValue(value, await desk.suggest({ ...place, principal, query: '', limit: EVERYTHING }));
}
