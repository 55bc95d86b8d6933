import { formatDate } from './format-date.ts';
import { type Html, type HtmlPart, html } from './html.ts';
import { type InlineRule, renderInline, withBreaks } from './inline-styles.ts';
import { link } from './link.ts';

/** What mentions stand for. */
export interface Names {
  user(id: string): string;
  channel(id: string): string;
}

/** Slack's own mark-up: docs.slack.dev/messaging/formatting-message-text. */
export function mrkdwnHtml(text: string, names: Names): HtmlPart {
  const pieces = text.split(/```\n?([\s\S]*?)\n?```/);
  return pieces.map((piece, index) =>
    index % 2 === 1 ? html`<pre>${decode(piece)}</pre>` : quotesAndText(piece, names),
  );
}

/** Text without mark-up, except for mentions of nobody: as it stands, with its lines. */
export function plainHtml(text: string): HtmlPart {
  return withBreaks(text);
}

function quotesAndText(text: string, names: Names): HtmlPart {
  const groups: { readonly isQuote: boolean; readonly lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const isQuote = /^(&gt;|>)/.test(line);
    const last = groups.at(-1);
    const words = line.replace(/^(&gt;|>) ?/, isQuote ? '' : '$&');
    if (last?.isQuote === isQuote) last.lines.push(words);
    else groups.push({ isQuote, lines: [words] });
  }
  return groups.map(({ isQuote, lines }, index): Html => {
    const words = renderInline(lines.join('\n'), rulesFor(names), decode);
    if (isQuote) return html`<blockquote>${words}</blockquote>`;
    return index > 0 && !(groups[index - 1]?.isQuote ?? false) ? html`<br>${words}` : html`${words}`;
  });
}

function rulesFor(names: Names): readonly InlineRule[] {
  return [
    { pattern: /`([^`\n]+)`/, render: (match) => html`<code>${decode(match[1] ?? '')}</code>` },
    { pattern: /<([^<>\n]+)>/, render: (match, inner) => angle(match[1] ?? '', names, inner) },
    styled('*', (inner) => html`<b>${inner}</b>`),
    styled('_', (inner) => html`<i>${inner}</i>`),
    styled('~', (inner) => html`<s>${inner}</s>`),
  ];
}

function styled(mark: string, wrap: (inner: HtmlPart) => Html): InlineRule {
  const sign = `\\${mark}`;
  // Slack styles whole words only: a mark within a word is a character like any other.
  const pattern = new RegExp(
    `(?<![\\w${sign}])${sign}(?=\\S)([^${sign}\\n]*[^${sign}\\s])${sign}(?![\\w${sign}])`,
  );
  return { pattern, render: (match, inner) => wrap(inner(match[1] ?? '')) };
}

function angle(inside: string, names: Names, inner: (text: string) => HtmlPart): Html {
  const [target = '', ...rest] = inside.split('|');
  const label = rest.join('|');
  if (target.startsWith('@')) return mention(`@${names.user(target.slice(1))}`);
  if (target.startsWith('#')) return mention(`#${label === '' ? names.channel(target.slice(1)) : label}`);
  if (target.startsWith('!date^')) return dateHtml(target, label);
  if (target.startsWith('!')) return mention(`@${label === '' ? target.slice(1) : label.replace(/^@/, '')}`);
  return link(decode(target), label === '' ? decode(target) : inner(label));
}

function mention(words: string): Html {
  return html`<span class="mention">${words}</span>`;
}

function dateHtml(target: string, fallback: string): Html {
  const [, seconds = '', format = '', url] = target.split('^');
  const shown = html`<time title="${decode(fallback)}">${formatDate(Number(seconds), format) ?? decode(fallback)}</time>`;
  return url === undefined ? shown : link(url, shown);
}

/** Slack escapes three characters only. */
function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
