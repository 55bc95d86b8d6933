import { type Html, type HtmlPart, html } from './html.ts';

/** A pattern with its pieces, and what becomes of a match. The first rule that matches earliest wins. */
export interface InlineRule {
  readonly pattern: RegExp;
  render(match: RegExpExecArray, inner: (text: string) => HtmlPart): HtmlPart;
}

/** Renders text by rules; `plain` renders what no rule claims. */
export function renderInline(
  text: string,
  rules: readonly InlineRule[],
  plain: (text: string) => string,
): HtmlPart {
  const parts: HtmlPart[] = [];
  let rest = text;
  for (let found = firstMatch(rest, rules); found !== undefined; found = firstMatch(rest, rules)) {
    const { match, rule } = found;
    parts.push(withBreaks(plain(rest.slice(0, match.index))));
    parts.push(rule.render(match, (inner) => renderInline(inner, rules, plain)));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...parts, withBreaks(plain(rest))];
}

/** Text with its line ends as they stand. */
export function withBreaks(text: string): HtmlPart {
  const lines = text.split('\n');
  return lines.flatMap((line, index): readonly (Html | string)[] =>
    index === 0 ? [line] : [html`<br>`, line],
  );
}

function firstMatch(text: string, rules: readonly InlineRule[]) {
  let first: { readonly match: RegExpExecArray; readonly rule: InlineRule } | undefined;
  for (const rule of rules) {
    const match = rule.pattern.exec(text);
    if (match !== null && (first === undefined || match.index < first.match.index)) first = { match, rule };
  }
  return first;
}
