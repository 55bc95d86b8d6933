import { parseArgs } from 'node:util';
import type { Backend } from './backends/backend.ts';

export interface FaultOptions {
  readonly isAll: boolean;
  readonly backends: readonly Backend['name'][];
  readonly seed: number;
  /** Only trials of this boundary, row or family. */
  readonly boundary?: string;
  /** How many trials run at a time. */
  readonly width: number;
}

/** Reads the command line; throws with what is wrong. */
export function readOptions(words: readonly string[]): FaultOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      all: { type: 'boolean', default: false },
      backend: { type: 'string' },
      seed: { type: 'string' },
      boundary: { type: 'string' },
      width: { type: 'string', default: '6' },
    },
  });
  const { backend, boundary } = values;
  if (backend !== undefined && backend !== 'demo' && backend !== 'real') {
    throw new Error(`--backend is demo or real, not ${backend}`);
  }
  return {
    isAll: values.all,
    backends: backend === undefined ? ['demo', 'real'] : [backend],
    seed: values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber('seed', values.seed),
    ...(boundary !== undefined && { boundary }),
    width: wholeNumber('width', values.width),
  };
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} is a whole number from 1, not ${text}`);
}
