import { parseArgs } from 'node:util';

export interface UtteranceOptions {
  /** Shows what was understood wrongly of the tuning file. */
  readonly isListed: boolean;
  /** How many spoilt sentences to try; none when 0. */
  readonly fuzzed: number;
  readonly seed: number;
}

/** Reads the command line; throws with what is wrong. */
export function readOptions(words: readonly string[]): UtteranceOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      list: { type: 'boolean', default: false },
      fuzz: { type: 'string', default: '0' },
      seed: { type: 'string' },
    },
  });
  return {
    isListed: values.list,
    fuzzed: wholeNumber('fuzz', values.fuzz),
    seed: values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber('seed', values.seed),
  };
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} is a whole number, not ${text}`);
}
