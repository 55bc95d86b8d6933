import type { Acknowledgement } from './delivery.ts';
import { offeredOptions } from './element-state.ts';

type Part = Readonly<Record<string, unknown>>;

/** Slack shows so many options or groups, and no more: docs.slack.dev/reference/block-kit/block-elements. */
const MAXIMUM_OPTIONS = 100;

/**
 * What a select with options from the app shows after a person has typed. Throws when Slack would not have asked (the
 * text is too short) and when it would have shown that the options could not be loaded: no answer in time, or one that
 * breaks the rules.
 */
export async function readOptions(
  element: Part,
  query: string,
  ask: () => Promise<Acknowledgement | undefined>,
): Promise<readonly Part[]> {
  const minimum = Number(element['min_query_length'] ?? 3);
  if (query.length < minimum) throw new Error(`Slack asks for options after ${minimum} characters`);
  const acknowledgement = await ask();
  if (acknowledgement === undefined) throw new Error('no options came in time');
  const answer = acknowledgement.response as Part | undefined;
  if (!Array.isArray(answer?.['options']) && !Array.isArray(answer?.['option_groups'])) {
    throw new Error(`these are no options: ${JSON.stringify(answer)}`);
  }
  const options = offeredOptions(answer);
  if (options.length > MAXIMUM_OPTIONS) throw new Error(`${options.length} options are too many`);
  return options;
}
