import { describe, expect, it } from '@jest/globals';
import { applyCommandOf, splitManifest } from './split-manifest.ts';

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

describe('applyCommandOf', () => {
  it.each([
    ['apply', 'apply'],
    ['Apply this', 'apply'],
    ['please apply the attached file, please'.replace(',', ''), 'apply'],
    ['/apply this manifest -n shop', 'apply -n shop'],
    ['apply it --cluster=demo -n shop', 'apply --cluster=demo -n shop'],
    ['plan apply this yaml!', 'apply'],
  ])('reads %j beside a file as %j', (text, command) => {
    expect(applyCommandOf(text)).toBe(command);
  });

  it.each([
    'should I apply this?',
    'apply this to shop and delete the rest',
    'apply web.yaml',
    'do not apply this',
  ])('leaves %j as it is', (text) => {
    expect(applyCommandOf(text)).toBe(text);
  });
});
