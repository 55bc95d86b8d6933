import { isJsonObject } from '@jamie/core';
import { AGENT_BLOCK_CHECKS, countText } from './block-kit/agent-blocks.ts';
import { BLOCK_CHECKS } from './block-kit/blocks.ts';
import { type Check, problem, typed } from './block-kit/check.ts';

/** Where blocks are shown. */
export type BlockSurface = 'message' | 'modal' | 'home';

const { alert, context_actions, markdown, input, ...everywhere } = BLOCK_CHECKS;
const { rich_text, ...messagesOnly } = AGENT_BLOCK_CHECKS;

/** Which kinds of block a surface takes: docs.slack.dev/reference/block-kit/blocks, availability of each. */
const SURFACES: Readonly<Record<BlockSurface, { readonly check: Check; readonly maximum: number }>> = {
  message: {
    check: typed({ ...everywhere, ...messagesOnly, rich_text, context_actions, markdown, input }),
    maximum: 50,
  },
  modal: { check: typed({ ...everywhere, rich_text, input, alert }), maximum: 100 },
  home: { check: typed({ ...everywhere, rich_text, input }), maximum: 100 },
};

/**
 * Slack's rules for blocks, as strict as the Block Kit reference states them. Answers with Slack's own wording and
 * JSON pointers below `at`. A kind of block that is not listed for the surface is refused, never waved through.
 */
export function validateBlocks(
  blocks: unknown,
  surface: BlockSurface = 'message',
  at = '/blocks',
): readonly string[] {
  if (!Array.isArray(blocks)) return [problem('must be an array', at)];
  const { check, maximum } = SURFACES[surface];
  return [
    ...(blocks.length > maximum ? [problem(`no more than ${maximum} items allowed`, at)] : []),
    ...blocks.flatMap((block, index) => check(block, `${at}/${index}`)),
    ...repeatedBlockIds(blocks, at),
    ...repeatedTables(blocks, at),
  ];
}

/**
 * How much text the blocks hold together: what Slack counts before it answers msg_blocks_too_long. Measured in
 * characters under `text`, wherever they stand; the ceiling lies between 13,172 and 13,297.
 */
export function countBlockText(blocks: unknown): number {
  return countText(blocks);
}

/** The most text that a message's blocks hold together, in characters. */
export const MAXIMUM_BLOCK_TEXT = 13_172;

function repeatedBlockIds(blocks: readonly unknown[], at: string): readonly string[] {
  const seen = new Set<unknown>();
  return blocks.flatMap((block, index) => {
    const id = isJsonObject(block) ? block['block_id'] : undefined;
    if (id === undefined || !seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [problem(`block_id already exists: ${String(id)}`, `${at}/${index}/block_id`)];
  });
}

function repeatedTables(blocks: readonly unknown[], at: string): readonly string[] {
  const tables = blocks.flatMap((block, index) =>
    isJsonObject(block) && block['type'] === 'table' ? [index] : [],
  );
  return tables.slice(1).map((index) => problem('only_one_table_allowed', `${at}/${index}`));
}
