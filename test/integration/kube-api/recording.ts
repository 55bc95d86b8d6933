import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer, Scenario } from './exchange.ts';

function pathOf({ name }: Scenario): string {
  return fileURLToPath(new URL(`./fixtures/recorded/${name.replaceAll(' ', '-')}.json`, import.meta.url));
}

/** What the real API server answered when the scenario was recorded. */
export function readRecording(scenario: Scenario): readonly Answer[] {
  return JSON.parse(readFileSync(pathOf(scenario), 'utf8')) as readonly Answer[];
}

export function writeRecording(scenario: Scenario, answers: readonly Answer[]): void {
  writeFileSync(pathOf(scenario), `${JSON.stringify(answers, undefined, 2)}\n`);
}
