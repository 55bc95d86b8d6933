import { describe, expect, it } from '@jest/globals';
import { readCondition } from './conditions.ts';

describe('a condition', () => {
  it.each([
    'targets.all(a, targets.exists(b, a.name == b.name))',
    'targets.filter(t, t.kind == "Pod").map(t, t.name).exists(n, n.startsWith("a"))',
    'images.all(i, i.startsWith("a")) && images.exists(i, i.endsWith("b"))',
    'requester.teams.exists(t, t == "matches (x)")',
  ])('may go over lists: %s', (text) => {
    expect(readCondition(text).kind).toBe('condition');
  });

  it.each([
    ['targets.all(a, targets.exists(b, targets.exists(c, a == b || b == c)))', /within each other/],
    ['targets.exists(a, targets.map(b, targets.filter(c, c == b).size()).size() > 1)', /within each other/],
    ['cluster.matches("(a+)+$")', /regular expressions/],
    ['cluster.matches//\n("(a+)+$")', /regular expressions/],
    ['images.exists(i, i.matches("(a+)+$"))', /regular expressions/],
    ['cel.bind(a, "x", a == cluster)', /bind/],
  ])('is refused where it could take for ever: %j', (text, problem) => {
    expect(readCondition(text)).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(problem),
    });
  });
});
