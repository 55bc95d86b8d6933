import { describe, expect, it } from '@jest/globals';
import { readSlackText } from './read-slack-text.ts';

describe('readSlackText', () => {
  it.each([
    ['<@UBOT> why is checkout crashing?', 'why is checkout crashing?'],
    ['hey <@UBOT|jamie>, look', 'hey , look'],
    ['ask <@U2> about it', 'ask <@U2> about it'],
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['&amp;lt; stays an entity', '&lt; stays an entity'],
    ['why <http://checkout.payments.svc|checkout.payments.svc>?', 'why checkout.payments.svc?'],
    ['see <https://example.com/a>', 'see https://example.com/a'],
    ['  scale\t deploy/checkout   5 ', 'scale deploy/checkout 5'],
    ['<http://checkout.payments|checkout.payments>', 'checkout.payments'],
    ['logs checkout —previous –since 10m', 'logs checkout —previous –since 10m'],
    ['logs checkout --grep “it’s ‘down’”', 'logs checkout --grep “it’s ‘down’”'],
    ['logs checkout --grep "a &amp; b"', 'logs checkout --grep "a & b"'],
    ['<@UBOT> apply   now ```a:\n    b:  1```', 'apply now ```a:\n    b:  1```'],
    ['<@UBOT>', ''],
  ])('reads %j as %j', (text, expected) => {
    expect(readSlackText(text, 'UBOT')).toBe(expected);
  });
});
