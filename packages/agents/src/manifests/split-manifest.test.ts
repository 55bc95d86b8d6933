import { describe, expect, it } from '@jest/globals';
import { splitManifest } from './split-manifest.ts';

describe('splitManifest', () => {
  it('takes the code block of an apply out, its spaces kept', () => {
    expect(splitManifest('apply -n shop\n```yaml\nkind: Pod\n  a: 1\n```\n')).toEqual({
      text: 'apply -n shop',
      manifest: 'kind: Pod\n  a: 1\n',
    });
    expect(splitManifest('/apply ```{"a":1}```')).toEqual({ text: '/apply', manifest: '{"a":1}' });
  });

  it.each([
    'apply -n shop',
    'should I apply this?\n```a: 1```',
    'why ```apply```',
    'apply ```a``` and ```b```x',
  ])('leaves "%s" alone', (text) => {
    expect(splitManifest(text)).toBeUndefined();
  });
});
