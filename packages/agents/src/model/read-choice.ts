import { canonicalJson, type JsonValue, KINDS } from '@jamie/core';
import { z } from 'zod';
import { findCommand, type Intent } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import { NO_TOOL, type ReadTool } from './tool-schema.ts';

export type ToolChoice =
  /** `command` is what a person would type, and what parseCommand reads back. */
  | { readonly kind: 'chosen'; readonly command: string }
  /** `reason` is a clause for the last line of the answer. */
  | { readonly kind: 'none'; readonly reason: string };

const choiceShape = z.strictObject({ tool: z.string(), parameters: z.looseObject({}) });
/** Parameters that hold somebody's words: names of objects, of places, and text to look for. */
const WORDED = ['words', 'container', 'grep', 'topic', 'planId'] as const;
/** How people and kubectl name kinds: a kind before a name is no name of its own. */
const KIND_WORDS: ReadonlySet<string> = new Set([
  ...Object.entries(KINDS).flatMap(([kind, { plural }]) => [kind.toLowerCase(), plural]),
  ...['deploy', 'sts', 'ds', 'rs', 'po', 'svc', 'no', 'cm', 'ns', 'hpa'],
]);

/**
 * Reads a model's choice. Pure, and the same whatever the model says: only a tool that was offered and that only reads,
 * with parameters that its own schema accepts, with no name that nobody named, and as a command that reads back as it
 * was meant.
 */
export function readChoice(text: string, tools: readonly ReadTool[], spoken: string): ToolChoice {
  const choice = choiceShape.safeParse(parseJson(text));
  if (!choice.success) return none('the model did not keep to the form it was asked for');
  const { tool: name, parameters } = choice.data;
  if (name === NO_TOOL) return none('the model knew nothing to look at');
  const tool = tools.find((each) => each.name === name);
  if (tool === undefined || !isReadOnly(tool)) return none('the model chose nothing that reads');
  const checked = tool.parameters.safeParse(parameters);
  if (!checked.success) return none(`the model asked for ${name} in a way that it does not take`);
  // Sound: the schema that has just accepted the parameters belongs to this very name.
  const intent = { kind: tool.name, ...checked.data } as Intent;
  if (!wordsOf(intent).every((word) => isSpokenOf(word, spoken))) {
    return none('the model named something that nobody spoke of');
  }
  const command = formatIntent(intent);
  return readsBack(command, intent)
    ? { kind: 'chosen', command }
    : none(`the model asked for ${name} in a way that it does not take`);
}

/** By the registry and not by what was handed in: a change stays one under any label. */
function isReadOnly({ name, tier }: ReadTool): boolean {
  return tier === 'read' && name !== 'ask' && findCommand(name)?.tier === 'read';
}

function readsBack(command: string, intent: Intent): boolean {
  const parsed = parseCommand(command);
  return parsed.kind === 'intent' && asJson(parsed.intent) === asJson(intent);
}

function asJson(intent: Intent): string {
  // Intents are plain data: what their schemas gave.
  return canonicalJson(JSON.parse(JSON.stringify(intent)) as JsonValue);
}

function wordsOf(intent: Intent): readonly string[] {
  const values = intent as unknown as Readonly<Record<string, unknown>>;
  const place = (values['place'] ?? {}) as Readonly<Record<string, unknown>>;
  return [...WORDED.map((key) => values[key]), ...Object.values(place)]
    .flat()
    .filter((value) => typeof value === 'string');
}

/** `deploy/checkout` is spoken of where `checkout` is; a namespace before the slash must be spoken of, too. */
function isSpokenOf(text: string, spoken: string): boolean {
  const lower = spoken.toLowerCase();
  const names = new Set(lower.match(/[a-z0-9]+(?:[-.][a-z0-9]+)*/g));
  const parts = text.toLowerCase().split('/');
  return parts.every((part, index) => {
    const isBeforeName = index < parts.length - 1;
    // Text to look for may be several words; a name must be whole.
    return (
      names.has(part) ||
      (isBeforeName && KIND_WORDS.has(part)) ||
      (part.includes(' ') && lower.includes(part))
    );
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function none(reason: string): ToolChoice {
  return { kind: 'none', reason };
}
