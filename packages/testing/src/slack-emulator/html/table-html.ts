import { type Html, type HtmlPart, html } from './html.ts';

/** A table whose first row names its columns; `alignments` by column. */
export function tableHtml(
  rows: readonly (readonly HtmlPart[])[],
  alignments: readonly (string | undefined)[] = [],
): Html {
  const [head = [], ...body] = rows;
  return html`<table><thead>${row(head, 'th', alignments)}</thead><tbody>${body.map((cells) =>
    row(cells, 'td', alignments),
  )}</tbody></table>`;
}

function row(
  cells: readonly HtmlPart[],
  tag: 'th' | 'td',
  alignments: readonly (string | undefined)[],
): Html {
  const shown = cells.map((cell, index) => {
    const align = alignments[index] ?? 'left';
    return tag === 'th' ? html`<th class="${align}">${cell}</th>` : html`<td class="${align}">${cell}</td>`;
  });
  return html`<tr>${shown}</tr>`;
}
