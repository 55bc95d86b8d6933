import { type Html, type HtmlPart, html } from './html.ts';

/** A link that goes somewhere harmless: any other scheme than http, https and mailto is only text. */
export function link(url: string, words: HtmlPart): Html {
  return /^(https?:\/\/|mailto:)/i.test(url)
    ? html`<a href="${url}" rel="noreferrer">${words}</a>`
    : html`<span class="dead-link" title="${url}">${words}</span>`;
}
