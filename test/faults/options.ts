import { parseArgs } from 'node:util';
import type { Backend } from './backends/backend.ts';

/** What is run: kills at boundaries and a share of the others, only trials of Slack, or only two real replicas. */
export type FaultSuite = 'boundaries' | 'slack' | 'replicas';

export interface FaultOptions {
  readonly suite: FaultSuite;
  readonly isAll: boolean;
  readonly backends: readonly Backend['name'][];
  readonly seed: number;
  /** Only trials of this boundary, row or family. */
  readonly boundary?: string;
  /** How many trials run at a time. */
  readonly width: number;
  /** Of the Slack trials: how many, or the number of a single one. */
  readonly trials?: number;
  readonly trial?: number;
  /** How long two replicas are killed and started again. */
  readonly minutes?: number;
}

/** Reads the command line; throws with what is wrong. */
export function readOptions(words: readonly string[]): FaultOptions {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      backend: { type: 'string' },
      seed: { type: 'string' },
      boundary: { type: 'string' },
      width: { type: 'string', default: '6' },
      trials: { type: 'string' },
      trial: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  const { backend, boundary, trials, trial, minutes } = values;
  const [suite = 'boundaries', ...others] = positionals;
  if (!isSuite(suite) || others.length > 0) {
    throw new Error(`the suite is slack or replicas, or nothing for all, not ${positionals.join(' ')}`);
  }
  if (backend !== undefined && backend !== 'demo' && backend !== 'real') {
    throw new Error(`--backend is demo or real, not ${backend}`);
  }
  return {
    suite,
    isAll: values.all,
    backends: backend === undefined ? ['demo', 'real'] : [backend],
    seed: values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber('seed', values.seed),
    ...(boundary !== undefined && { boundary }),
    width: wholeNumber('width', values.width),
    ...(trials !== undefined && { trials: wholeNumber('trials', trials) }),
    ...(trial !== undefined && { trial: wholeNumber('trial', trial) }),
    ...(minutes !== undefined && { minutes: wholeNumber('minutes', minutes) }),
  };
}

function isSuite(word: string): word is FaultSuite {
  return word === 'boundaries' || word === 'slack' || word === 'replicas';
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} is a whole number from 1, not ${text}`);
}
