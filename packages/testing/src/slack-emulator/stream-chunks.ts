import { isJsonObject } from '@jamie/core';
import { taskSource, taskStatus } from './block-kit/agent-blocks.ts';
import {
  type Check,
  list,
  optional,
  problem,
  required,
  shape,
  type,
  typed,
  words,
} from './block-kit/check.ts';
import { validateBlocks } from './block-kit-validator.ts';
import type { StreamChunk } from './message-stream.ts';

/** Slack takes so much text at a time. */
export const MAXIMUM_STREAM_TEXT = 12_000;

const MAXIMUM_TASK_TEXT = 256;
const taskText = words(MAXIMUM_TASK_TEXT, 0);
const blocks: Check = (value, at) => validateBlocks(value, 'message', at);

const chunk = typed({
  markdown_text: shape({ type, text: required(words(Number.MAX_SAFE_INTEGER)) }),
  task_update: shape({
    type,
    id: required(words(255)),
    title: required(taskText),
    status: required(taskStatus),
    details: optional(taskText),
    output: optional(taskText),
    sources: optional(list(typed({ url: taskSource }), 100, 0)),
  }),
  plan_update: shape({ type, title: required(taskText) }),
  blocks: shape({ type, blocks: required(blocks) }),
});

/** The chunks of one call, or Slack's word for what is wrong with them. */
export type ReadChunks =
  | { readonly kind: 'read'; readonly chunks: readonly StreamChunk[] }
  | { readonly kind: 'refused'; readonly error: string; readonly messages: readonly string[] };

/** Reads the `chunks` of a call to one of the streaming methods. */
export function readChunks(value: unknown): ReadChunks {
  if (!Array.isArray(value)) return refused('invalid_chunks', [problem('must be an array', '/chunks')]);
  const problems = value.flatMap((item, index) => chunk(item, `/chunks/${index}`));
  const isOfBlocks = problems.some((text) => /json-pointer:\/chunks\/\d+\/blocks/.test(text));
  if (problems.length > 0) return refused(isOfBlocks ? 'invalid_blocks' : 'invalid_chunks', problems);
  if (value.some(hasFileBlock)) return refused('internal_error', []);
  const isTooLong = value.some(
    (item) =>
      isJsonObject(item) && item['type'] === 'markdown_text' && lengthOf(item['text']) > MAXIMUM_STREAM_TEXT,
  );
  if (isTooLong) return refused('msg_too_long', []);
  return { kind: 'read', chunks: value as readonly StreamChunk[] };
}

/** Slack fails on a file block in a stream, though it takes one in a message. */
function hasFileBlock(item: unknown): boolean {
  const given: unknown = isJsonObject(item) ? item['blocks'] : undefined;
  return Array.isArray(given) && given.some((block) => isJsonObject(block) && block['type'] === 'file');
}

function lengthOf(text: unknown): number {
  return typeof text === 'string' ? text.length : 0;
}

function refused(error: string, messages: readonly string[]): ReadChunks {
  return { kind: 'refused', error, messages };
}
