import { readFileSync } from 'node:fs';
import { OpsError } from '@jamie/core';
import { z } from 'zod';
import { type Category, type UtteranceCase, utteranceCaseSchema } from './utterance-case.ts';

/** `tuning`: the parser may be tuned on these. `held-back`: only counts of these are ever shown. */
export type CaseFile = 'tuning' | 'held-back';
export const CASE_FILES: readonly CaseFile[] = ['tuning', 'held-back'];

/** The labelled sentences of both files. */
export type Cases = Readonly<Record<CaseFile, readonly UtteranceCase[]>>;

/** Reads both files. Throws config_invalid when a line is no case, or an id or a sentence occurs twice. */
export function readCases(): Cases {
  const cases = { tuning: readFile('tuning'), 'held-back': readFile('held-back') };
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
