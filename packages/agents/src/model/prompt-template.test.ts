import { describe, expect, it } from '@jest/globals';
import { parsePrompt } from './prompt-template.ts';
import { loadPrompts } from './prompts.ts';

describe('parsePrompt', () => {
  it('fills every place, and what is filled in is no place again', () => {
    const template = parsePrompt('a {{one}} b {{ two }} {{one}}', 'x.md', ['one', 'two']);
    expect(template.fill({ one: '{{two}}$&', two: 'z' })).toBe('a {{two}}$& b z {{two}}$&');
  });

  it('refuses a prompt that lacks a place or has one that nobody fills', () => {
    expect(() => parsePrompt('{{other}}', 'x.md', ['one'])).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        userMessage: expect.stringMatching(/x\.md.*lacks \{\{one\}\}.*Nothing fills \{\{other\}\}/),
      }),
    );
  });
});

describe('loadPrompts', () => {
  it('finds every prompt with its places, once', () => {
    const prompts = loadPrompts();
    expect(loadPrompts()).toBe(prompts);
    expect(prompts.wordFindings.fill({ most_sentences: '5' })).toContain('British English');
  });
});
