import { describe, expect, it } from '@jest/globals';
import { redactApiText } from './redact-api-text.ts';

const RANDOM = 'Xa9Qk2'.repeat(8);

describe('redactApiText', () => {
  it.each([
    [
      'an object that is quoted as JSON within a text',
      `Invalid value: ${JSON.stringify(JSON.stringify({ env: [{ value: 'canary' }] }))}: bad`,
      'Invalid value: (object left out): bad',
    ],
    ['an object to the end of the text', 'cannot decode {"env": "canary"', 'cannot decode (object left out)'],
    ['a credential', 'the proxy refused Bearer canary-1234', 'the proxy refused Bearer [redacted]'],
    ['a value that looks random', `Invalid value: "${RANDOM}"`, 'Invalid value: "[redacted]"'],
  ])('leaves out %s', (_what, text, shown) => {
    expect(redactApiText(text)).toBe(shown);
  });

  it.each([
    'pods "web-7d9f8b6c5d-x2x9p" is forbidden: User "jamie" cannot get resource "pods"',
    'Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    `image "registry.example/web@sha256:${'9f86d081'.repeat(8)}" not found`,
  ])('keeps "%s"', (text) => {
    expect(redactApiText(text)).toBe(text);
  });

  it('shows no more than 500 characters', () => {
    expect(redactApiText('no '.repeat(1_000))).toBe(`${'no '.repeat(167).slice(0, 500)}…`);
  });

  it('stays quick on hostile text', () => {
    for (const piece of ['{', 'Invalid value: "[', 'aA1', '\\"']) {
      expect(redactApiText(piece.repeat(200_000)).length).toBeLessThanOrEqual(501);
    }
  });
});
