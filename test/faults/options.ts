import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Backend } from './backends/backend.ts';
import { CHANGE_NAMES, type ChangeName } from './changes/change.ts';
import { QUEUES, type QueueName, STORES, type StoreName } from './trial.ts';

/** What is run: everything, or only trials of boundaries, quick ones, those of Slack, two real replicas, a soak. */
const SUITES = ['all', 'boundaries', 'quick', 'slack', 'replicas', 'soak'] as const;
export type FaultSuite = (typeof SUITES)[number];

export interface FaultOptions {
  readonly suite: FaultSuite;
  readonly isAll: boolean;
  readonly backends: readonly Backend['name'][];
  readonly queues: readonly QueueName[];
  readonly stores: readonly StoreName[];
  readonly changes: readonly ChangeName[];
  readonly seed: number;
  /** Only trials of this boundary, row or family. */
  readonly boundary?: string;
  /** How many trials run at a time. */
  readonly width: number;
  /** Of the quick trials: ids such as F7; empty: all. */
  readonly families: readonly string[];
  /** Trials that an earlier run of this seed has written down are not played again. */
  readonly isResumed: boolean;
  /** The directory in which each trial is written down. */
  readonly journal: string;
  /** Of the Slack trials, or of each quick family: how many, or the number of a single one. */
  readonly trials?: number;
  readonly trial?: number;
  /** How long two replicas are killed and started again. */
  readonly minutes?: number;
}

const JOURNAL = fileURLToPath(new URL('../../.faults', import.meta.url));

/** Reads the command line; throws with what is wrong. */
export function readOptions(words: readonly string[]): FaultOptions {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      backend: { type: 'string' },
      queue: { type: 'string' },
      store: { type: 'string' },
      change: { type: 'string', multiple: true },
      seed: { type: 'string' },
      boundary: { type: 'string' },
      width: { type: 'string', default: '6' },
      trials: { type: 'string' },
      trial: { type: 'string' },
      minutes: { type: 'string' },
      family: { type: 'string', multiple: true, default: [] },
      resume: { type: 'boolean', default: false },
    },
  });
  const { backend, queue, store, change, boundary, trials, trial, minutes } = values;
  const [suite = 'all', ...others] = positionals;
  if (!isSuite(suite) || others.length > 0) {
    throw new Error(
      `the suite is boundaries, quick, slack, replicas or soak, or nothing for all, not ${positionals.join(' ')}`,
    );
  }
  return {
    suite,
    isAll: values.all,
    backends: oneOf('backend', ['demo', 'real'], backend),
    queues: oneOf('queue', QUEUES, queue),
    stores: oneOf('store', STORES, store),
    changes:
      change === undefined ? CHANGE_NAMES : change.flatMap((name) => oneOf('change', CHANGE_NAMES, name)),
    seed: values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber('seed', values.seed),
    ...(boundary !== undefined && { boundary }),
    families: values.family,
    isResumed: values.resume,
    journal: JOURNAL,
    width: wholeNumber('width', values.width),
    ...(trials !== undefined && { trials: wholeNumber('trials', trials) }),
    // Quick trials are counted from 0.
    ...(trial !== undefined && { trial: trial === '0' ? 0 : wholeNumber('trial', trial) }),
    ...(minutes !== undefined && { minutes: wholeNumber('minutes', minutes) }),
  };
}

/** How long a suite that goes by time runs: as long as was asked for, in full when all or it alone was, else a sample. */
export function secondsOf(
  { suite, isAll, minutes }: FaultOptions,
  own: FaultSuite,
  { sample, full }: { readonly sample: number; readonly full: number },
): number {
  if (minutes !== undefined) return 60 * minutes;
  return isAll || suite === own ? full : sample;
}

/** The one that was named, or all. */
function oneOf<Word extends string>(
  name: string,
  words: readonly Word[],
  word: string | undefined,
): readonly Word[] {
  if (word === undefined) return words;
  const found = words.filter((each) => each === word);
  if (found.length === 0) throw new Error(`--${name} is one of ${words.join(', ')}, not ${word}`);
  return found;
}

function isSuite(word: string): word is FaultSuite {
  return SUITES.some((suite) => suite === word);
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} is a whole number from 1, not ${text}`);
}
