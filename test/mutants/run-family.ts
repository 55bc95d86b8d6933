import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { SuiteResult } from './run-suite.ts';

/** How worlds of a family ended: with so many trials, or with the first violation. */
export type JudgedFamily =
  | { readonly kind: 'held'; readonly trials: number }
  | { readonly kind: 'violated'; readonly violation: string };

const TIMEOUT_MS = 180_000;

/** Plays worlds of a family of quick faults in a working copy: `F7 0 3 8` the worlds 0, 3 and 8 of F7. */
export function runFamily(root: string, worlds: string): Promise<SuiteResult> {
  const entry = join(root, 'test/mutants/play-family.entry.ts');
  const options = { cwd: root, timeout: TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: 64 * 2 ** 20 } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...worlds.split(' ')], options, (error, told, errors) => {
      if (error?.killed === true) resolve({ kind: 'hung' });
      else if (error !== null) resolve({ kind: 'broken', message: errors.slice(-4_000) });
      else resolve(toSuiteResult(JSON.parse(told.trim().split('\n').at(-1) ?? '') as JudgedFamily));
    });
  });
}

function toSuiteResult(judged: JudgedFamily): SuiteResult {
  if (judged.kind === 'violated') return { kind: 'red', failed: [judged.violation.slice(0, 300)] };
  return judged.trials > 0
    ? { kind: 'green', tests: judged.trials }
    : { kind: 'broken', message: 'in none of these worlds the fault happened' };
}
