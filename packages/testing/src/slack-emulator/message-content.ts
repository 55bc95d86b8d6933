import {
  type ApiAnswer,
  type ApiArguments,
  flagArgument,
  jsonArgument,
  refuse,
  textArgument,
} from './api-answer.ts';
import { countBlockText, MAXIMUM_BLOCK_TEXT, validateBlocks } from './block-kit-validator.ts';
import type { EmulatedMetadata } from './workspace.ts';

/** What was asked for, or the answer that refuses it. */
export type Found<T> = { readonly value: T } | { readonly refusal: ApiAnswer };

/** What a message says. */
export interface MessageContent {
  readonly text: string;
  readonly blocks: readonly Record<string, unknown>[];
  readonly metadata?: EmulatedMetadata;
}

const MAXIMUM_MARKDOWN = 12_000;
const MAXIMUM_METADATA_BYTES = 16_384;

/** Reads text, markdown, blocks and metadata of a message that is to be posted or changed. */
export function readContent(args: ApiArguments): Found<MessageContent> {
  const markdown = textArgument(args, 'markdown_text');
  const blocks = readBlocks(args);
  if ('refusal' in blocks) return blocks;
  const text = textArgument(args, 'text') ?? '';
  if (markdown !== undefined && (text !== '' || blocks.value.length > 0)) {
    return { refusal: refuse('markdown_text_conflict') };
  }
  if ((markdown?.length ?? 0) > MAXIMUM_MARKDOWN) return { refusal: refuse('msg_too_long') };
  const said = markdown ?? text;
  if (blocks.value.length === 0 && said.trim() === '') return { refusal: refuse('no_text') };
  const metadata = readMetadata(args);
  if ('refusal' in metadata) return metadata;
  const content = { text: said, blocks: blocks.value };
  return { value: metadata.value === undefined ? content : { ...content, metadata: metadata.value } };
}

/** Reads the blocks of a call; none when there are none. */
export function readBlocks(args: ApiArguments): Found<readonly Record<string, unknown>[]> {
  const blocks = jsonArgument(args, 'blocks');
  if (blocks === undefined) return { value: [] };
  if (blocks === null || !Array.isArray(blocks)) return { refusal: refuse('invalid_blocks_format') };
  const messages = validateBlocks(blocks);
  const details = { response_metadata: { messages } };
  if (messages.some((message) => message.includes('no more than 50 items allowed [json-pointer:/blocks]'))) {
    return { refusal: refuse('msg_blocks_too_many', details) };
  }
  if (messages.some((message) => message.includes('only_one_table_allowed'))) {
    return { refusal: refuse('invalid_attachments', details) };
  }
  if (messages.length > 0) return { refusal: refuse('invalid_blocks', { errors: messages, ...details }) };
  if (countBlockText(blocks) > MAXIMUM_BLOCK_TEXT) return { refusal: refuse('msg_blocks_too_long') };
  return { value: blocks as readonly Record<string, unknown>[] };
}

/** Reads the metadata of a call; undefined when there is none. */
export function readMetadata(args: ApiArguments): Found<EmulatedMetadata | undefined> {
  const metadata = jsonArgument(args, 'metadata');
  if (metadata === undefined) return { value: undefined };
  const given = metadata as Partial<EmulatedMetadata> | null;
  if (typeof given?.event_type !== 'string' || typeof given.event_payload !== 'object') {
    return { refusal: refuse('invalid_metadata_format') };
  }
  if (JSON.stringify(given).length > MAXIMUM_METADATA_BYTES) return { refusal: refuse('metadata_too_large') };
  return { value: given as EmulatedMetadata };
}

/** Whether a reply is to be shown in the channel as well. */
export function isBroadcast(args: ApiArguments): boolean {
  return flagArgument(args, 'reply_broadcast');
}
