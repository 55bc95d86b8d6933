import { readFileSync } from 'node:fs';
import { OpsError } from '@jamie/core';
import { z } from 'zod';
import { type Category, type UtteranceCase, utteranceCaseSchema } from './utterance-case.ts';

/** `tuning`: the parser may be tuned on these. `held-back`: only counts of these are ever shown. The operations came later. */
export const CASE_FILES = ['tuning', 'held-back', 'operations-tuning', 'operations-held-back'] as const;
export type CaseFile = (typeof CASE_FILES)[number];

/** Whether only counts of a file are ever shown. */
export function isHeldBack(file: CaseFile): boolean {
  return file.endsWith('held-back');
}

/** The labelled sentences of every file. */
export type Cases = Readonly<Record<CaseFile, readonly UtteranceCase[]>>;

/** Reads every file. Throws config_invalid when a line is no case, or an id or a sentence occurs twice. */
export function readCases(): Cases {
  const cases = {
    tuning: readFile('tuning'),
    'held-back': readFile('held-back'),
    'operations-tuning': readFile('operations-tuning'),
    'operations-held-back': readFile('operations-held-back'),
  };
  const all = CASE_FILES.flatMap((file) => cases[file]);
  refuseTwice(all.map((utterance) => utterance.id));
  refuseTwice(all.map((utterance) => utterance.say));
  return cases;
}

/** How many cases each category has. */
export function countByCategory(cases: readonly UtteranceCase[]): ReadonlyMap<Category, number> {
  const counts = new Map<Category, number>();
  for (const { category } of cases) counts.set(category, (counts.get(category) ?? 0) + 1);
  return counts;
}

function readFile(file: CaseFile): readonly UtteranceCase[] {
  const name = `cases-${file}.jsonl`;
  return readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => readLine(line, `${name} line ${index + 1}`));
}

function readLine(line: string, where: string): UtteranceCase {
  const parsed = utteranceCaseSchema.safeParse(JSON.parse(line));
  if (parsed.success) return parsed.data;
  throw new OpsError('config_invalid', `${where} is no case: ${z.prettifyError(parsed.error)}`);
}

function refuseTwice(values: readonly string[]): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) throw new OpsError('config_invalid', `two cases have "${value}"`);
    seen.add(value);
  }
}
