import { type Detection, groupByArea, listDetections } from '@jamie/analysis';
import type { SourceCoverage } from '../detections/count-coverage.ts';
import { readCoverage } from '../detections/read-coverage.ts';

/** docs/detections.md, made of the catalogue: what is said there cannot differ from what is looked for. */
export function renderDetectionDocs(): string {
  const all = listDetections();
  const hygiene = all.filter(({ isHygiene }) => isHygiene).length;
  const { total, sources } = readCoverage();
  const covered = sources.reduce((sum, source) => sum + source.covered.length, 0);
  return [
    '# Detections',
    '',
    `${all.length} detections, ${hygiene} of them hygiene. Made of the catalogue in \`packages/analysis/src/analyzers/catalogue.ts\` by`,
    '`npm run docs`. `jamie detections` shows the same, and `jamie detections CHK-POD-101` explains one.',
    '',
    '**Critical**: people feel it now. **Warning**: it will hurt, or something is degraded. **Info**: never makes a verdict',
    'faulty. Hygiene hurts nobody yet and is told only with `--lint`. Where a kind that a detection reads cannot be read, the',
    'answer is that it cannot tell.',
    '',
    '## Checks of other tools',
    '',
    'How many of the checks that other tools and evaluation suites name are covered. `npm run detections` prints which are',
    'not.',
    '',
    '| Source | Checks | Covered | Left out | Missing |',
    '| --- | --- | --- | --- | --- |',
    ...sources.map(coverageRow),
    `| All | ${total} | ${covered} | ${sumOf(sources, 'leftOut')} | ${sumOf(sources, 'missing')} |`,
    ...groupByArea(all).flatMap(({ title, area, detections }) => [
      '',
      `## ${title} (${area})`,
      '',
      '| Code | Finds | Severity | Reads | Also known as |',
      '| --- | --- | --- | --- | --- |',
      ...detections.map(detectionRow),
    ]),
    '',
  ].join('\n');
}

function coverageRow({ source, total, covered, leftOut, missing }: SourceCoverage): string {
  return `| ${source} | ${total} | ${covered.length} | ${leftOut.length} | ${missing.length} |`;
}

function sumOf(sources: readonly SourceCoverage[], which: 'leftOut' | 'missing'): number {
  return sources.reduce((sum, source) => sum + source[which].length, 0);
}

function detectionRow({ code, title, severity, isHygiene, reads, sources }: Detection): string {
  const told = isHygiene ? `${severity}, hygiene` : severity;
  return `| ${code} | ${title} | ${told} | ${reads.join(', ')} | ${sources.join(', ')} |`;
}
