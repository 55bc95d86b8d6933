import { MAX_FOLLOW_UPS, type MessageId, type ReplyChoice, type ReplyOption } from '@jamie/core';
import type {
  Button,
  ExternalSelect,
  KnownBlock,
  PlainTextElement,
  PlainTextOption,
  StaticSelect,
} from '@slack/types';
import { SLACK_LIMITS } from '../limits.ts';
import { formatCommandValue, type OfferPlace } from './command-value.ts';
import { contextLine, sections } from './content.ts';
import { elide, escapeText } from './mrkdwn.ts';

/** The action id of a choice, whether it is a select or a single button. */
export const CHOICE_ACTION = 'choice.submit';

/** The action id, before its number, of what may be asked for next. */
export const FOLLOW_UP_ACTION = 'followup.submit';

const PROMPT_CHARACTERS = 300;
const WITHOUT_PROMPT = { one: 'You could ask this:', several: 'Which one do you mean?' };

/** What somebody may ask for by a click: `label` is escaped, `value` resolves to the command. */
interface Offer {
  readonly label: string;
  readonly command: string;
  readonly value: string;
}

/**
 * A question with its answers: a select, or a button where there is one answer only. More answers than a select holds
 * are searched for, so that each of them can be chosen. The prompt stands before it and is its label for those who do
 * not see it. Pure.
 */
export function renderChoice(choice: ReplyChoice, messageId: MessageId): readonly KnownBlock[] {
  const offers = choiceOffers(choice, messageId);
  const [only] = offers;
  const ownPrompt = elide(escapeText(choice.prompt).trim(), PROMPT_CHARACTERS);
  if (only === undefined) return sections(ownPrompt);
  const prompt = ownPrompt || WITHOUT_PROMPT[offers.length === 1 ? 'one' : 'several'];
  const text = { type: 'mrkdwn', text: prompt, verbatim: true } as const;
  if (offers.length === 1) return [{ type: 'section', text, accessory: choiceButton(only, prompt) }];
  if (offers.length <= SLACK_LIMITS.selectOptions)
    return [{ type: 'section', text, accessory: choiceSelect(offers, prompt) }];
  return [
    { type: 'section', block_id: formatChoiceBlock(messageId), text, accessory: choiceSearch(prompt) },
    ...contextLine(`There are ${offers.length} to choose from. Type a part of the name.`),
  ];
}

/** As Slack takes them. */
interface FoundOptions {
  readonly options: readonly PlainTextOption[];
  readonly [member: string]: unknown;
}

/**
 * The options of a choice that has too many for a select, for what was typed: those that begin with it first, then
 * those that hold all its words; at most 100. Pure.
 */
export function searchChoice(choice: ReplyChoice, messageId: MessageId, typed: string): FoundOptions {
  const query = escapeText(typed).trim().toLowerCase();
  const words = query.split(/\s+/u).filter((word) => word !== '');
  const fitting = choiceOffers(choice, messageId)
    .map((offer) => ({ offer, text: offer.label.toLowerCase() }))
    .filter(({ text }) => words.every((word) => text.includes(word)));
  const first = fitting.filter(({ text }) => text.startsWith(query));
  const rest = fitting.filter(({ text }) => !text.startsWith(query));
  return {
    options: [...first, ...rest].slice(0, SLACK_LIMITS.selectOptions).map(({ offer }) => toOption(offer)),
  };
}

const CHOICE_BLOCK = 'choice:';

function formatChoiceBlock(messageId: MessageId): string {
  return `${CHOICE_BLOCK}${messageId}`.slice(0, SLACK_LIMITS.blockId);
}

/** The message whose choice is searched, from the id of its block; undefined when that is another block. */
export function parseChoiceBlock(blockId: unknown): MessageId | undefined {
  if (typeof blockId !== 'string' || !blockId.startsWith(CHOICE_BLOCK)) return undefined;
  return blockId.slice(CHOICE_BLOCK.length) as MessageId;
}

function choiceOffers(choice: ReplyChoice, messageId: MessageId): readonly Offer[] {
  return offersOf(choice.options, { messageId, part: 'choice' }, SLACK_LIMITS.optionValue);
}

/** Up to five plain buttons for what a person may want next; none of them is the primary one. Pure. */
export function renderFollowUps(
  followUps: readonly ReplyOption[],
  messageId: MessageId,
): readonly KnownBlock[] {
  const offers = offersOf(followUps, { messageId, part: 'followUp' }, SLACK_LIMITS.buttonValue);
  const elements = offers.slice(0, MAX_FOLLOW_UPS).map(
    ({ label, command, value }, index): Button => ({
      type: 'button',
      action_id: `${FOLLOW_UP_ACTION}.${index}`,
      text: plainText(withCapital(label), SLACK_LIMITS.buttonText),
      value,
      accessibility_label: elide(`${label}: ${escapeText(command)}`, SLACK_LIMITS.buttonText),
    }),
  );
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** Equal commands are one offer; a blank one is none. */
function offersOf(
  options: readonly ReplyOption[],
  place: Omit<OfferPlace, 'index'>,
  maximum: number,
): readonly Offer[] {
  const offers = new Map<string, Offer>();
  for (const [index, option] of options.entries()) {
    const command = option.command.trim();
    const label = escapeText(option.label).trim() || escapeText(command).trim();
    const value = formatCommandValue(option.command, { ...place, index }, maximum);
    if (label !== '' && command !== '' && value !== undefined && !offers.has(command)) {
      offers.set(command, { label, command, value });
    }
  }
  return [...offers.values()];
}

function choiceButton(offer: Offer, prompt: string): Button {
  return {
    type: 'button',
    action_id: CHOICE_ACTION,
    text: plainText(offer.label, SLACK_LIMITS.buttonText),
    value: offer.value,
    accessibility_label: elide(`${prompt} ${offer.label}`, SLACK_LIMITS.buttonText),
  };
}

/** A select has no label of its own: what it announces is its placeholder. */
function choiceSelect(offers: readonly Offer[], prompt: string): StaticSelect {
  return {
    type: 'static_select',
    action_id: CHOICE_ACTION,
    placeholder: plainText(prompt, SLACK_LIMITS.placeholder),
    options: offers.map(toOption),
  };
}

function toOption({ label, value }: Offer): PlainTextOption {
  return { text: plainText(label, SLACK_LIMITS.optionText), value };
}

function choiceSearch(prompt: string): ExternalSelect {
  return {
    type: 'external_select',
    action_id: CHOICE_ACTION,
    placeholder: plainText(prompt, SLACK_LIMITS.placeholder),
    min_query_length: 0,
  };
}

function plainText(escaped: string, maximum: number): PlainTextElement {
  return { type: 'plain_text', text: elide(escaped, maximum), emoji: false };
}

function withCapital(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
