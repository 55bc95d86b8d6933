import { FAULTS, type FuzzReport } from './fuzz.ts';
import { isHeldBack } from './read-cases.ts';

const MOST_SHOWN = 20;
const LONGEST_SHOWN = 300;

/** The figures of a fuzz, and the first of what was found in sentences of the tuning file. */
export function formatFuzz(report: FuzzReport, seed: number): string {
  const counts = FAULTS.map(
    (fault) => `${fault} ${report.findings.filter((finding) => finding.fault === fault).length}`,
  );
  const shown = report.findings.filter(({ file }) => !isHeldBack(file)).slice(0, MOST_SHOWN);
  return [
    `fuzz: ${report.sentences} spoilt sentences with seed ${seed}, ${report.questions} of them questions, ${report.writes} understood as writes`,
    `${counts.join(', ')}; the slowest took ${report.slowestMs.toFixed(1)} ms`,
    ...shown.map(({ fault, text, detail }) => `  ${fault}: ${shorten(text)} => ${detail}`),
  ].join('\n');
}

function shorten(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length <= LONGEST_SHOWN ? quoted : `${quoted.slice(0, LONGEST_SHOWN)}… (${text.length} long)`;
}
