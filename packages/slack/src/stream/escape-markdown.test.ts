import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeMarkdown } from './escape-markdown.ts';

const JOINER = '\u2060';

describe('escapeMarkdown', () => {
  it.each([
    ['a link', '[here](https://evil.example)', /\]\(|:\/\//],
    ['an image', '![logo](x)', /\]\(/],
    ['a bare address', 'see https://evil.example and www.evil.example', /:\/\/|www\.evil/],
    ['a mention of everybody', '<!channel> @here @everyone', /<|@here|@everyone/],
    ['a mention of a person', '<@U1>', /</],
    ['emphasis and code', '**bold** `code` ~~gone~~', /[*`~]/],
    ['a heading', '# Alert\n  ## Again', /^\s*#/m],
    ['a quotation', '> quoted', />/],
    ['an entity', '&lt;script&gt;', /&lt;script/],
    ['a table', '|a|b|\n|--|--|', /^[|-]/m],
  ])('makes nothing of %s', (_what, text, forbidden) => {
    expect(escapeMarkdown(text)).not.toMatch(forbidden);
  });

  it('keeps what names of objects, images and times are made of', () => {
    const text =
      'pod/checkout-7d9f_x in payments: image registry.example/checkout:2.4.1 at 10:15, 3 of 5 (60 %)';
    expect(escapeMarkdown(text)).toBe(text);
  });

  it('makes pieces that stay safe when they are joined, wherever a text is cut', () => {
    const risky = fc.stringMatching(/^[\]([:/@here<!>*\x60a]{0,20}$/);
    fc.assert(
      fc.property(risky, fc.nat(20), (text, at) => {
        const joined = escapeMarkdown(text.slice(0, at)) + escapeMarkdown(text.slice(at));
        expect(joined).not.toMatch(/\]\(|:\/\/|@here|[<>*`]/);
      }),
    );
  });

  it('can be read again by whoever takes the joiners out', () => {
    expect(escapeMarkdown('a](b) www.c.d').replaceAll(JOINER, '')).toBe('a](b) www.c.d');
  });
});
