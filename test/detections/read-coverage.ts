import { existsSync, readFileSync } from 'node:fs';
import { listDetections } from '@jamie/analysis';
import { type Coverage, countCoverage } from './count-coverage.ts';
import { KNOWN_CHECKS } from './known-checks.ts';
import { readLeftOut } from './read-left-out.ts';

const LEFT_OUT = new URL('../../docs/detections-left-out.md', import.meta.url);

/** What the catalogue covers of the known checks, with the reasons of docs/detections-left-out.md. */
export function readCoverage(): Coverage {
  const leftOut = existsSync(LEFT_OUT) ? readLeftOut(readFileSync(LEFT_OUT, 'utf8')) : [];
  const sources = listDetections().flatMap((detection) => detection.sources);
  return countCoverage(KNOWN_CHECKS, sources, leftOut);
}
