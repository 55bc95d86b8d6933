import type { ScenarioResult } from './scenario.ts';

/** The least share of failures that have to end healthy. */
const LEAST_HEALTHY = 0.8;

export interface RemedyReport {
  readonly table: string;
  /** One line that counts everything. */
  readonly summary: string;
  readonly isGood: boolean;
}

/** What a run has shown. Good: enough failures ended healthy, nothing was harmed, nothing went wrong in the trying. */
export function reportOn(results: readonly ScenarioResult[]): RemedyReport {
  const failures = results.filter(({ scenario }) => scenario.kind === 'failure');
  const healthy = failures.filter(({ verdict }) => verdict === 'healthy').length;
  const harmed = results.filter(({ verdict }) => verdict === 'harm').length;
  const errors = results.filter(({ verdict }) => verdict === 'error').length;
  const errorWords = errors === 0 ? '' : `, ${errors} could not be tried`;
  return {
    table: [
      '| scenario | kind | on | verdict | by | seconds |',
      '| --- | --- | --- | --- | --- | --- |',
      ...results.map(rowOf),
    ].join('\n'),
    summary: `${healthy} of ${failures.length} healthy, ${harmed} harm in ${results.length}${errorWords}`,
    isGood:
      results.length > 0 && harmed + errors === 0 && healthy >= Math.ceil(failures.length * LEAST_HEALTHY),
  };
}

function rowOf({ scenario, verdict, by, seconds }: ScenarioResult): string {
  const kind = scenario.kind === 'failure' ? scenario.family : scenario.kind;
  const how = by.replaceAll('|', '/');
  return `| \`${scenario.name}\`: ${scenario.about} | ${kind} | ${scenario.on} | ${verdict} | ${how} | ${seconds} |`;
}
