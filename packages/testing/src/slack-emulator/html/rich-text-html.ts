import { type Html, type HtmlPart, html } from './html.ts';
import { withBreaks } from './inline-styles.ts';
import { link } from './link.ts';
import type { Names } from './mrkdwn-html.ts';
import { type Part, partOf, partsOf, stringOf } from './part.ts';

/** A rich_text block: docs.slack.dev/reference/block-kit/blocks/rich-text-block. */
export function richTextHtml(block: Part, names: Names): HtmlPart {
  return partsOf(block['elements']).map((element) => elementHtml(element, names));
}

function elementHtml(element: Part, names: Names): Html {
  const inner = () => partsOf(element['elements']).map((piece) => pieceHtml(piece, names));
  switch (element['type']) {
    case 'rich_text_preformatted':
      return html`<pre>${inner()}</pre>`;
    case 'rich_text_quote':
      return html`<blockquote>${inner()}</blockquote>`;
    case 'rich_text_list': {
      const items = partsOf(element['elements']).map((item) => html`<li>${elementHtml(item, names)}</li>`);
      return element['style'] === 'ordered' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    default:
      return html`<span>${inner()}</span>`;
  }
}

function pieceHtml(piece: Part, names: Names): HtmlPart {
  switch (piece['type']) {
    case 'link': {
      const url = stringOf(piece['url']);
      return link(url, stringOf(piece['text']) || url);
    }
    case 'user':
      return html`<span class="mention">@${names.user(stringOf(piece['user_id']))}</span>`;
    case 'channel':
      return html`<span class="mention">#${names.channel(stringOf(piece['channel_id']))}</span>`;
    case 'emoji':
      return `:${stringOf(piece['name'])}:`;
    default:
      return styledHtml(withBreaks(stringOf(piece['text'])), partOf(piece['style']));
  }
}

function styledHtml(words: HtmlPart, style: Part): HtmlPart {
  let shown = words;
  if (style['code'] === true) shown = html`<code>${shown}</code>`;
  if (style['bold'] === true) shown = html`<b>${shown}</b>`;
  if (style['italic'] === true) shown = html`<i>${shown}</i>`;
  return style['strike'] === true ? html`<s>${shown}</s>` : shown;
}
