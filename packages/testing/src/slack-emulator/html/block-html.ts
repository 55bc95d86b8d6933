import { elementHtml, imageHtml, textHtml } from './element-html.ts';
import { type Html, type HtmlPart, html } from './html.ts';
import { markdownHtml } from './markdown-html.ts';
import type { Names } from './mrkdwn-html.ts';
import { type Part, partOf, partsOf, stringOf } from './part.ts';
import { richTextHtml } from './rich-text-html.ts';
import { tableHtml } from './table-html.ts';
import { planHtml, taskOfBlock, tasksHtml } from './task-html.ts';

/** What views add to blocks: what was filled in, and what the app found wrong with it. */
export interface BlockFilling {
  readonly names: Names;
  stateOf?(blockId: string, actionId: string): Part | undefined;
  errorOf?(blockId: string): string | undefined;
}

/** Blocks as people see them. A kind that is not known here is shown as a gap with its name, never left out. */
export function blocksHtml(blocks: readonly Part[], filling: BlockFilling): readonly Html[] {
  return blocks.map(
    (block) => html`<div class="block ${stringOf(block['type'])}">${blockHtml(block, filling)}</div>`,
  );
}

type Render = (block: Part, filling: BlockFilling) => HtmlPart;

const RENDERERS: Readonly<Record<string, Render>> = {
  section: sectionHtml,
  actions: (block, filling) => elementsHtml(block, filling),
  context: contextHtml,
  context_actions: (block, filling) => elementsHtml(block, filling),
  header: (block, { names }) => html`<h3>${textHtml(block['text'], names)}</h3>`,
  divider: () => html`<hr>`,
  image: (block, { names }) => html`<p>${textHtml(block['title'], names)}</p>${imageHtml(block)}`,
  markdown: (block) => markdownHtml(stringOf(block['text'])),
  rich_text: (block, { names }) => richTextHtml(block, names),
  table: (block, { names }) => blockTableHtml(block, names),
  input: inputBlockHtml,
  alert: (block, { names }) => html`<p class="note">${textHtml(block['text'], names)}</p>`,
  plan: (block, { names }) =>
    planHtml(
      stringOf(block['title']),
      partsOf(block['tasks']).map((task) => taskOfBlock(task, names)),
    ),
  task_card: (block, { names }) => tasksHtml([taskOfBlock(block, names)]),
};

function blockHtml(block: Part, filling: BlockFilling): HtmlPart {
  const type = stringOf(block['type']);
  const render = Object.hasOwn(RENDERERS, type) ? RENDERERS[type] : undefined;
  return render === undefined ? html`<p class="unknown">Block of kind ${type}</p>` : render(block, filling);
}

function sectionHtml(block: Part, filling: BlockFilling): HtmlPart {
  const { names } = filling;
  const accessory = block['accessory'];
  const fields = partsOf(block['fields']).map((field) => html`<div>${textHtml(field, names)}</div>`);
  return html`<div class="words">${textHtml(block['text'], names)}${
    fields.length === 0 ? undefined : html`<div class="fields">${fields}</div>`
  }</div>${accessory === undefined ? undefined : html`<div class="accessory">${held(block, partOf(accessory), filling)}</div>`}`;
}

function contextHtml(block: Part, { names }: BlockFilling): HtmlPart {
  return partsOf(block['elements']).map(
    (element) =>
      html`<span>${element['type'] === 'image' ? imageHtml(element) : textHtml(element, names)}</span>`,
  );
}

function elementsHtml(block: Part, filling: BlockFilling): HtmlPart {
  return partsOf(block['elements']).map((element) => held(block, element, filling));
}

function inputBlockHtml(block: Part, filling: BlockFilling): HtmlPart {
  const error = filling.errorOf?.(stringOf(block['block_id']));
  const optional = block['optional'] === true ? html` <small>(optional)</small>` : undefined;
  return html`<label>${textHtml(block['label'], filling.names)}${optional}</label>${held(
    block,
    partOf(block['element']),
    filling,
  )}${error === undefined ? undefined : html`<p class="error">${error}</p>`}<small>${textHtml(
    block['hint'],
    filling.names,
  )}</small>`;
}

function held(block: Part, element: Part, filling: BlockFilling): Html {
  const state = filling.stateOf?.(stringOf(block['block_id']), stringOf(element['action_id']));
  return elementHtml(element, filling.names, state);
}

function blockTableHtml(block: Part, names: Names): Html {
  const rows = Array.isArray(block['rows']) ? block['rows'] : [];
  const alignments = partsOf(block['column_settings']).map(({ align }) => alignmentOf(align));
  const cells = rows.map((row) =>
    partsOf(row).map((cell) =>
      cell['type'] === 'rich_text' ? richTextHtml(cell, names) : stringOf(cell['text']),
    ),
  );
  return tableHtml(cells, alignments);
}

function alignmentOf(align: unknown): string {
  return align === 'right' || align === 'center' ? align : 'left';
}
