import type { MessageId } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { toFileToSend } from './file-to-send.ts';

const messageId = 'm_1' as MessageId;
const file = (text: string, name = 'checkout-7d9f-app.log') => ({ name, title: 'Log of checkout', text });
const textOf = (text: string) => Buffer.from(toFileToSend(file(text), messageId, 0).bytes).toString('utf8');

describe('toFileToSend', () => {
  it('gives a file one name for ever, and each file its own', () => {
    const name = (id: string, index: number) => toFileToSend(file('x'), id as MessageId, index).name;
    expect(name('m_1', 0)).toMatch(/^checkout-7d9f-app-[0-9a-f]{10}\.log$/u);
    expect(name('m_1', 0)).toBe(name('m_1', 0));
    expect(new Set([name('m_1', 0), name('m_1', 1), name('m_2', 0)]).size).toBe(3);
  });

  it.each([
    ['../../etc/passwd', /^\.\.-\.\.-etc-passwd-[0-9a-f]{10}\.txt$/u],
    ['list', /^list-[0-9a-f]{10}\.txt$/u],
    ['.log', /^\.log-[0-9a-f]{10}\.txt$/u],
    ['', /^file-[0-9a-f]{10}\.txt$/u],
    ['<!channel> ☃.log', /^-channel--[0-9a-f]{10}\.log$/u],
  ])('makes a safe name of %j', (name, expected) => {
    const sent = toFileToSend(file('x', name), messageId, 0);
    expect(sent.name).toMatch(expected);
    expect(sent.name).toMatch(/^[A-Za-z0-9._-]+$/u);
  });

  it('leaves a megabyte whole', () => {
    const text = 'x'.repeat(1_000_000);
    expect(textOf(text)).toBe(text);
  });

  it('cuts more than a megabyte at the end of a line and says so first', () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `line ${index} is not short at all`).join(
      '\n',
    );
    const [note, ...kept] = textOf(lines).split('\n');
    expect(note).toMatch(/^\[Cut: the first megabyte of \d+ bytes\. Ask for less/u);
    expect(textOf(lines).length).toBeLessThanOrEqual(1_000_000);
    expect(kept.at(-1)).toBe('');
    expect(lines).toContain(kept.join('\n'));
    expect(kept.length).toBeGreaterThan(20_000);
  });

  it.each(['ä', '€', '🐟'])('cuts one long line of %s between characters', (character) => {
    const text = textOf(character.repeat(700_000));
    expect(text).not.toContain('\ufffd');
    expect(Buffer.byteLength(text)).toBeGreaterThan(999_990);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
  });

  it('says of an empty file that it is empty, because Slack takes none', () => {
    expect(textOf('')).toBe('This file is empty.\n');
  });
});
