/**
 * Slack's rules for the blocks that we use, as strict as the Block Kit reference states them. Answers with Slack's
 * own wording and JSON pointers. A kind of block that is not listed here is refused, never waved through.
 */
export function validateBlocks(blocks: unknown): readonly string[] {
  if (!Array.isArray(blocks)) return ['[ERROR] must be an array [json-pointer:/blocks]'];
  const problems: string[] = [];
  if (blocks.length > 50) problems.push('[ERROR] no more than 50 items allowed [json-pointer:/blocks]');
  const seen = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const at = `/blocks/${index}`;
    problems.push(...checkBlock(block, at));
    const blockId = isRecord(block) ? block['block_id'] : undefined;
    if (typeof blockId !== 'string') continue;
    if (seen.has(blockId))
      problems.push(`[ERROR] block_id already exists: ${blockId} [json-pointer:${at}/block_id]`);
    seen.add(blockId);
  }
  return problems;
}

/**
 * How much text the blocks hold together: what Slack counts before it answers msg_blocks_too_long. Measured in
 * characters under `text`, wherever they stand; the ceiling lies between 13,172 and 13,297.
 */
export function countBlockText(blocks: unknown): number {
  if (Array.isArray(blocks)) return blocks.reduce<number>((sum, item) => sum + countBlockText(item), 0);
  if (!isRecord(blocks)) return 0;
  return Object.entries(blocks).reduce(
    (sum, [key, item]) =>
      sum + (key === 'text' && typeof item === 'string' ? item.length : countBlockText(item)),
    0,
  );
}

export const MAXIMUM_BLOCK_TEXT = 13_172;

type Check = (value: Record<string, unknown>, at: string) => readonly string[];

const BLOCK_CHECKS: Readonly<Record<string, Check>> = {
  section: (block, at) => [
    ...onlyKeys(block, at, ['type', 'block_id', 'text', 'fields', 'accessory', 'expand']),
    ...(block['text'] === undefined && block['fields'] === undefined
      ? [`[ERROR] missing required field: text [json-pointer:${at}]`]
      : []),
    ...(block['text'] === undefined ? [] : checkText(block['text'], `${at}/text`, 3000)),
    ...(block['fields'] === undefined ? [] : checkList(block['fields'], `${at}/fields`, 10, checkField)),
    ...(block['accessory'] === undefined ? [] : checkElement(block['accessory'], `${at}/accessory`)),
  ],
  header: (block, at) => [
    ...onlyKeys(block, at, ['type', 'block_id', 'text']),
    ...checkText(block['text'], `${at}/text`, 150, 'plain_text'),
  ],
  divider: (block, at) => onlyKeys(block, at, ['type', 'block_id']),
  context: (block, at) => [
    ...onlyKeys(block, at, ['type', 'block_id', 'elements']),
    ...checkList(block['elements'], `${at}/elements`, 10, (value, place) => checkText(value, place, 3000)),
  ],
  actions: (block, at) => [
    ...onlyKeys(block, at, ['type', 'block_id', 'elements']),
    ...checkList(block['elements'], `${at}/elements`, 25, checkElement),
    ...uniqueActionIds(block['elements'], at),
  ],
};

function checkBlock(block: unknown, at: string): readonly string[] {
  if (!isRecord(block)) return [`[ERROR] must be an object [json-pointer:${at}]`];
  const check = BLOCK_CHECKS[String(block['type'])];
  if (check === undefined)
    return [`[ERROR] unsupported type: ${String(block['type'])} [json-pointer:${at}/type]`];
  return [...checkLength(block['block_id'], `${at}/block_id`, 255), ...check(block, at)];
}

const ELEMENT_CHECKS: Readonly<Record<string, Check>> = {
  button: (element, at) => [
    ...onlyKeys(element, at, BUTTON_KEYS),
    ...checkText(element['text'], `${at}/text`, 75, 'plain_text'),
    ...checkLength(element['value'], `${at}/value`, 2000),
    ...checkLength(element['url'], `${at}/url`, 3000),
    ...checkLength(element['accessibility_label'], `${at}/accessibility_label`, 75),
    ...checkChoice(element['style'], `${at}/style`, ['primary', 'danger']),
  ],
  static_select: (element, at) => [
    ...onlyKeys(element, at, SELECT_KEYS),
    ...(element['placeholder'] === undefined
      ? []
      : checkText(element['placeholder'], `${at}/placeholder`, 150, 'plain_text')),
    ...checkList(element['options'], `${at}/options`, 100, checkOption),
    ...checkInitialOption(element, at),
  ],
};
const BUTTON_KEYS = ['type', 'action_id', 'text', 'value', 'url', 'style', 'confirm', 'accessibility_label'];
const SELECT_KEYS = [
  'type',
  'action_id',
  'placeholder',
  'options',
  'initial_option',
  'confirm',
  'focus_on_load',
];

function checkElement(element: unknown, at: string): readonly string[] {
  if (!isRecord(element)) return [`[ERROR] must be an object [json-pointer:${at}]`];
  const check = ELEMENT_CHECKS[String(element['type'])];
  if (check === undefined)
    return [`[ERROR] unsupported type: ${String(element['type'])} [json-pointer:${at}/type]`];
  return [
    ...check(element, at),
    ...checkLength(element['action_id'], `${at}/action_id`, 255),
    ...(element['confirm'] === undefined ? [] : checkConfirm(element['confirm'], `${at}/confirm`)),
  ];
}

/** Slack's reference says 150 for a value, its type definitions 75: the stricter holds here. */
function checkOption(option: unknown, at: string): readonly string[] {
  if (!isRecord(option)) return [`[ERROR] must be an object [json-pointer:${at}]`];
  return [
    ...onlyKeys(option, at, ['text', 'value', 'description']),
    ...checkText(option['text'], `${at}/text`, 75, 'plain_text'),
    ...(option['value'] === undefined ? [`[ERROR] missing required field: value [json-pointer:${at}]`] : []),
    ...checkLength(option['value'], `${at}/value`, 75),
    ...(option['description'] === undefined
      ? []
      : checkText(option['description'], `${at}/description`, 75, 'plain_text')),
  ];
}

function checkInitialOption(element: Record<string, unknown>, at: string): readonly string[] {
  const initial = element['initial_option'];
  if (initial === undefined) return [];
  const options = Array.isArray(element['options']) ? element['options'] : [];
  return options.some((option) => JSON.stringify(option) === JSON.stringify(initial))
    ? []
    : [`[ERROR] must exactly match one of the options [json-pointer:${at}/initial_option]`];
}

function checkConfirm(confirm: unknown, at: string): readonly string[] {
  if (!isRecord(confirm)) return [`[ERROR] must be an object [json-pointer:${at}]`];
  return [
    ...onlyKeys(confirm, at, ['title', 'text', 'confirm', 'deny', 'style']),
    ...checkText(confirm['title'], `${at}/title`, 100, 'plain_text'),
    ...checkText(confirm['text'], `${at}/text`, 300),
    ...checkText(confirm['confirm'], `${at}/confirm`, 30, 'plain_text'),
    ...checkText(confirm['deny'], `${at}/deny`, 30, 'plain_text'),
    ...checkChoice(confirm['style'], `${at}/style`, ['primary', 'danger']),
  ];
}

function checkField(value: unknown, at: string): readonly string[] {
  return checkText(value, at, 2000);
}

function checkText(value: unknown, at: string, maximum: number, only?: string): readonly string[] {
  if (!isRecord(value)) return [`[ERROR] must provide an object [json-pointer:${at}]`];
  const { type, text } = value;
  if (type !== 'plain_text' && type !== 'mrkdwn')
    return [`[ERROR] must be a valid enum value [json-pointer:${at}/type]`];
  const allowed = type === 'mrkdwn' ? ['type', 'text', 'verbatim'] : ['type', 'text', 'emoji'];
  return [
    ...onlyKeys(value, at, allowed),
    ...(only !== undefined && type !== only ? [`[ERROR] must be ${only} [json-pointer:${at}/type]`] : []),
    ...checkLength(text ?? '', `${at}/text`, maximum),
  ];
}

function checkLength(value: unknown, at: string, maximum: number): readonly string[] {
  if (value === undefined) return [];
  if (typeof value !== 'string') return [`[ERROR] must be a string [json-pointer:${at}]`];
  if (value.length === 0) return [`[ERROR] must be more than 0 characters [json-pointer:${at}]`];
  return value.length > maximum
    ? [`[ERROR] must be less than ${maximum + 1} characters [json-pointer:${at}]`]
    : [];
}

function checkChoice(value: unknown, at: string, choices: readonly string[]): readonly string[] {
  if (value === undefined || choices.includes(String(value))) return [];
  return [`[ERROR] must be a valid enum value [json-pointer:${at}]`];
}

type CheckItem = (value: unknown, at: string) => readonly string[];

function checkList(value: unknown, at: string, maximum: number, checkItem: CheckItem): readonly string[] {
  if (!Array.isArray(value)) return [`[ERROR] missing required field: elements [json-pointer:${at}]`];
  if (value.length === 0) return [`[ERROR] must have at least 1 item [json-pointer:${at}]`];
  const tooMany =
    value.length > maximum ? [`[ERROR] no more than ${maximum} items allowed [json-pointer:${at}]`] : [];
  return [...tooMany, ...value.flatMap((item, index) => checkItem(item, `${at}/${index}`))];
}

function uniqueActionIds(elements: unknown, at: string): readonly string[] {
  if (!Array.isArray(elements)) return [];
  const ids = elements.map((element) => (isRecord(element) ? element['action_id'] : undefined));
  const given = ids.filter((id) => id !== undefined);
  return new Set(given).size === given.length
    ? []
    : [`[ERROR] \`action_id\` must be unique within a block [json-pointer:${at}/elements]`];
}

function onlyKeys(value: Record<string, unknown>, at: string, allowed: readonly string[]): readonly string[] {
  return Object.keys(value)
    .filter((key) => value[key] !== undefined && !allowed.includes(key))
    .map((key) => `[ERROR] invalid additional property: ${key} [json-pointer:${at}]`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
