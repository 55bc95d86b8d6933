import { type Html, type HtmlPart, html } from './html.ts';
import { type InlineRule, renderInline } from './inline-styles.ts';
import { link } from './link.ts';
import { tableHtml } from './table-html.ts';

/** Standard Markdown, as markdown blocks and streams carry it: the part of it that Slack shows. */
export function markdownHtml(text: string): HtmlPart {
  const pieces = text.split(/^```[^\n]*\n([\s\S]*?)\n?^```[ \t]*$/m);
  return pieces.map((piece, index) => (index % 2 === 1 ? html`<pre>${piece}</pre>` : blocks(piece)));
}

interface Group {
  readonly kind: 'heading' | 'item' | 'number' | 'quote' | 'row' | 'rule' | 'text' | 'empty';
  readonly lines: string[];
}

function blocks(text: string): HtmlPart {
  const groups: Group[] = [];
  for (const line of text.split('\n')) {
    const kind = kindOf(line);
    const last = groups.at(-1);
    if (last?.kind === kind && kind !== 'heading') last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.map(groupHtml);
}

function kindOf(line: string): Group['kind'] {
  if (line.trim() === '') return 'empty';
  if (/^#{1,6} /.test(line)) return 'heading';
  if (/^(-{3,}|\*{3,}|_{3,})\s*$/.test(line)) return 'rule';
  if (/^\s*[-*+] /.test(line)) return 'item';
  if (/^\s*\d+[.)] /.test(line)) return 'number';
  if (/^> ?/.test(line)) return 'quote';
  return /^\s*\|.*\|\s*$/.test(line) ? 'row' : 'text';
}

function groupHtml({ kind, lines }: Group): Html {
  switch (kind) {
    case 'heading':
      return html`<p class="heading">${inline((lines[0] ?? '').replace(/^#+ /, ''))}</p>`;
    case 'rule':
      return html`<hr>`;
    case 'item':
      return html`<ul>${lines.map((line) => html`<li>${inline(line.replace(/^\s*[-*+] /, ''))}</li>`)}</ul>`;
    case 'number':
      return html`<ol>${lines.map((line) => html`<li>${inline(line.replace(/^\s*\d+[.)] /, ''))}</li>`)}</ol>`;
    case 'quote':
      return html`<blockquote>${inline(lines.map((line) => line.replace(/^> ?/, '')).join('\n'))}</blockquote>`;
    case 'row':
      return tableHtml(lines.filter((line) => !/^[\s|:-]+$/.test(line)).map(cellsOf));
    case 'empty':
      return html``;
    case 'text':
      return html`<p>${inline(lines.join('\n'))}</p>`;
  }
}

function cellsOf(line: string): readonly HtmlPart[] {
  const cells = line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/);
  return cells.map((cell) => inline(cell.trim()));
}

const RULES: readonly InlineRule[] = [
  { pattern: /(`+)(.+?)\1/, render: (match) => html`<code>${match[2]?.trim()}</code>` },
  { pattern: /\\([!-/:-@[-`{-~])/, render: (match) => match[1] },
  {
    pattern: /\[([^\]\n]+)\]\(<?([^\s)>]+)>?\)/,
    render: (match, inner) => link(match[2] ?? '', inner(match[1] ?? '')),
  },
  { pattern: /<(https?:\/\/[^\s<>]+)>/, render: (match) => link(match[1] ?? '', match[1]) },
  { pattern: /\*\*(?=\S)(.+?\S|\S)\*\*/, render: (match, inner) => html`<b>${inner(match[1] ?? '')}</b>` },
  { pattern: /~~(?=\S)(.+?)~~/, render: (match, inner) => html`<s>${inner(match[1] ?? '')}</s>` },
  {
    pattern: /(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])/,
    render: (match, inner) => html`<i>${inner(match[1] ?? '')}</i>`,
  },
  {
    pattern: /(?<!\w)_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)/,
    render: (match, inner) => html`<i>${inner(match[1] ?? '')}</i>`,
  },
];

function inline(text: string): HtmlPart {
  return renderInline(text, RULES, (plain) => plain);
}
