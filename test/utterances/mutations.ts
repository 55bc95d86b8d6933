import type { Dice } from './dice.ts';

/** Spoils a text in one way. `other` is another sentence that it may be joined with. */
export type Mutation = (text: string, dice: Dice, other: string) => string;

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const FILLERS = ['um', 'er', 'well', 'like', 'actually', 'pls', 'jamie', 'lol', 'ok', 'hmm', 'thx', 'btw'];
const COMMAND_WORDS = [
  ...['restart', 'scale', 'rollback', 'roll back', 'approve', 'deny', 'undo', 'freeze', 'unfreeze', 'use'],
  ...['delete', 'kubectl', 'logs', 'why', 'not', 'if', '-n', '--cluster', '--to', '+2', 'x2', '5', '0', 'to'],
];
const EMOJI = ['🙏', '🔥', '👍', ':fire:', '👩‍💻', '🇬🇧', '❗'];
const PUNCTUATION = [
  '!!!',
  '...',
  ',',
  ';',
  ':',
  '.',
  '(',
  ')',
  '/',
  '—',
  '&',
  '`',
  '*',
  '<',
  '>',
  '|',
  '\\',
  '$',
];
const STRANGE = [
  ...[
    '\u200b',
    '\u202e',
    '\u0000',
    '\u0007',
    '\ufeff',
    '\u00a0',
    '\u001b[31m',
    '\u0301',
    '\u2028',
    '\n',
    '\t',
  ],
  ...['\ud83d', '\uff0d', '\u00ad', '__proto__', '\u0130', '\u212a'],
];
const QUOTES = ['"', "'", '`', '“', '”', '‘', '«', '```', '*', '_', '~'];
const JOINTS = [' and ', '. ', '; ', ', then ', '\n', ' ', ' but ', ' because ', '? '];
const LONGEST = 20_000;

/** Every way of spoiling a text, by name. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  typo: (text, dice) => splice(text, dice.below(text.length), 1, dice.pick(LETTERS)),
  swap: swapLetters,
  dropLetter: (text, dice) => splice(text, dice.below(text.length), 1, ''),
  doubleLetter: (text, dice) => {
    const at = dice.below(text.length);
    return splice(text, at, 0, text.charAt(at));
  },
  dropWord: (text, dice) => onWords(text, dice, () => []),
  doubleWord: (text, dice) => onWords(text, dice, (word) => [word, word]),
  case: (text, dice) => dice.pick(CASES)(text, dice),
  noPunctuation: (text) => text.replace(/[.,;:!'’"“”]/g, ''),
  punctuation: (text, dice) => splice(text, dice.below(text.length + 1), 0, dice.pick(PUNCTUATION)),
  emoji: (text, dice) => onWords(text, dice, (word) => [word, dice.pick(EMOJI)]),
  filler: (text, dice) => onWords(text, dice, (word) => [dice.pick(FILLERS), word]),
  strange: (text, dice) => splice(text, dice.below(text.length + 1), 0, dice.pick(STRANGE)),
  commandWord: (text, dice) => onWords(text, dice, (word) => [dice.pick(COMMAND_WORDS), word]),
  quote: quoteWord,
  join: (text, dice, other) => `${text}${dice.pick(JOINTS)}${other}`,
  repeat: repeatText,
  noSpaces: (text, dice) => (dice.below(4) === 0 ? text.replaceAll(' ', '') : text.replaceAll(' ', '   ')),
  cut: (text, dice) => text.slice(0, dice.below(text.length + 1)),
};

const CASES: readonly ((text: string, dice: Dice) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase()),
  (text, dice) =>
    text.replace(/\p{L}/gu, (letter) => (dice.below(2) === 0 ? letter.toUpperCase() : letter.toLowerCase())),
];

function splice(text: string, at: number, count: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + count);
}

function swapLetters(text: string, dice: Dice): string {
  const at = dice.below(Math.max(1, text.length - 1));
  return splice(text, at, 2, text.charAt(at + 1) + text.charAt(at));
}

function onWords(text: string, dice: Dice, change: (word: string) => readonly string[]): string {
  const words = text.split(' ');
  const at = dice.below(words.length);
  return words.flatMap((word, index) => (index === at ? change(word) : [word])).join(' ');
}

function quoteWord(text: string, dice: Dice): string {
  const before = dice.pick(QUOTES);
  const after = dice.below(3) === 0 ? '' : dice.pick(QUOTES);
  return onWords(text, dice, (word) => [`${before}${word}${after}`]);
}

function repeatText(text: string, dice: Dice): string {
  // Rare: a long text takes as long as a thousand short ones.
  const most = dice.below(20) === 0 ? LONGEST : 400;
  return `${text} `.repeat(1 + dice.below(Math.ceil(most / (text.length + 1)))).trimEnd();
}
