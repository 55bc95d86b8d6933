import { isJsonObject } from '@jamie/core';
import { BLOCK_CHECKS, block } from './blocks.ts';
import { button } from './buttons.ts';
import {
  type Check,
  flag,
  list,
  number,
  oneOf,
  optional,
  problem,
  required,
  shape,
  type,
  typed,
  words,
} from './check.ts';
import { imageElement, mrkdwn, plainText, text, url } from './composition.ts';
import { richText } from './rich-text.ts';

/** A plan shows at most so many cards. */
const MAXIMUM_TASKS = 50;
const MAXIMUM_TABLE_TEXT = 10_000;

const cell = typed({
  raw_text: shape({ type, text: required(words(MAXIMUM_TABLE_TEXT)) }),
  raw_number: shape({
    type,
    value: required(number(-Number.MAX_VALUE, Number.MAX_VALUE)),
    text: required(words(MAXIMUM_TABLE_TEXT)),
  }),
  rich_text: richText,
});

const columnSettings = shape({
  align: optional(oneOf('left', 'center', 'right')),
  is_wrapped: optional(flag),
});

/** A source of a task: a link with its words. */
export const taskSource: Check = shape({ type, url: required(url), text: required(words(3_000)) });

export const taskStatus: Check = oneOf('pending', 'in_progress', 'complete', 'error');

const taskCard = shape({
  ...block,
  task_id: required(words(255)),
  title: required(words(256)),
  details: optional(richText),
  output: optional(richText),
  sources: optional(list(typed({ url: taskSource }), 100, 0)),
  status: required(taskStatus),
});

const hasCardContent: Check = (value, at) =>
  isJsonObject(value) && ['hero_image', 'title', 'actions', 'body'].some((key) => value[key] !== undefined)
    ? []
    : [problem('must provide hero_image, title, actions or body', at)];

const card = shape(
  {
    ...block,
    hero_image: optional(imageElement),
    icon: optional(imageElement),
    title: optional(mrkdwn(150)),
    subtitle: optional(mrkdwn(150)),
    body: optional(mrkdwn(200)),
    actions: optional(list(typed({ button }), 3)),
  },
  hasCardContent,
);

function textUpTo(maximum: number): Check {
  return (value, at) =>
    countText(isJsonObject(value) ? value['rows'] : []) > maximum
      ? [problem(`must be less than ${maximum + 1} characters`, `${at}/rows`)]
      : [];
}

const childBlock = typed({
  actions: BLOCK_CHECKS.actions,
  context: BLOCK_CHECKS.context,
  divider: BLOCK_CHECKS.divider,
  header: BLOCK_CHECKS.header,
  image: BLOCK_CHECKS.image,
  input: BLOCK_CHECKS.input,
  section: BLOCK_CHECKS.section,
  rich_text: richText,
});

const hasTitle: Check = (value, at) =>
  isJsonObject(value) && (value['title'] !== undefined || value['rich_text_title'] !== undefined)
    ? []
    : [problem('must provide title or rich_text_title', at)];

const container = shape(
  {
    ...block,
    title: optional(plainText(150)),
    rich_text_title: optional(richText),
    subtitle: optional(text(150)),
    child_blocks: required(list(childBlock, 10)),
    width: optional(oneOf('narrow', 'standard', 'wide', 'full')),
    icon: optional(imageElement),
    is_collapsible: optional(flag),
    default_collapsed: optional(flag),
    has_header_divider: optional(flag),
  },
  hasTitle,
);

/** Two hundred rows and their heading. */
const dataTable = shape(
  {
    ...block,
    rows: required(list(list(cell, 20), 201, 2)),
    caption: required(words(MAXIMUM_TABLE_TEXT)),
    page_size: optional(number(1, 100)),
    row_header_column_index: optional(number(0, 19)),
  },
  textUpTo(2 * MAXIMUM_TABLE_TEXT),
);

/** Tables, task cards and what else only messages carry, by type. */
export const AGENT_BLOCK_CHECKS = {
  table: shape(
    {
      ...block,
      rows: required(list(list(cell, 20), 100)),
      column_settings: optional(list(columnSettings, 20, 0)),
    },
    textUpTo(MAXIMUM_TABLE_TEXT),
  ),
  data_table: dataTable,
  container,
  rich_text: richText,
  task_card: taskCard,
  plan: shape({
    ...block,
    title: required(words(256)),
    tasks: optional(list(typed({ task_card: taskCard }), MAXIMUM_TASKS, 0)),
  }),
  card,
  carousel: shape({ ...block, elements: required(list(typed({ card }), 10)) }),
  file: shape({ ...block, source: required(oneOf('remote')), external_id: required(words(255)) }),
} as const satisfies Readonly<Record<string, Check>>;

/** How many characters stand under `text`, wherever they stand. */
export function countText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countText(item), 0);
  if (!isJsonObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : countText(item)),
    0,
  );
}
