import { parseArgs } from 'node:util';
import type { Defect } from './defect.ts';

const SHARE = /^([1-9]\d?)\/([1-9]\d?)$/;

/**
 * The defects that a command line asks for: those whose name, file or suite contains one of the words, or with
 * `--share 2/3` the second third of all. A share holds neighbours by suite, so that few suites are run in two of them.
 * Throws with what is wrong.
 */
export function chooseDefects(all: readonly Defect[], args: readonly string[]): readonly Defect[] {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { share: { type: 'string' } },
    allowPositionals: true,
  });
  const named = all.filter(
    ({ name, file, suite }) =>
      positionals.length === 0 || positionals.some((word) => `${name} ${file} ${suite}`.includes(word)),
  );
  return values.share === undefined ? named : takeShare(named, values.share);
}

function takeShare(defects: readonly Defect[], share: string): readonly Defect[] {
  const [, part, parts] = SHARE.exec(share)?.map(Number) ?? [];
  if (part === undefined || parts === undefined || part > parts) {
    throw new Error(`--share ${share} is no share; type it like 2/3`);
  }
  const sorted = defects.toSorted((one, other) => compare(one.suite, other.suite));
  const edge = (index: number) => Math.floor((sorted.length * index) / parts);
  return sorted.slice(edge(part - 1), edge(part));
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
