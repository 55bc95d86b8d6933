import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Run, readRun } from './run-format.ts';

const FOLDER = new URL('fixtures/recorded/', import.meta.url);

/** The names of all recorded runs. */
export function listRuns(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
}

/** Throws for a run that is not there, or that this program cannot replay. */
export function loadRun(name: string): Run {
  return readRun(name, readFileSync(pathOf(name), 'utf8'));
}

/** Writes a run over what was recorded before. */
export function saveRun(name: string, run: Run): void {
  writeFileSync(pathOf(name), `${JSON.stringify(run, null, 2)}\n`);
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`${name}.json`, FOLDER));
}
