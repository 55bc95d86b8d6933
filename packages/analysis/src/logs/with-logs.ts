import type { Cause, Diagnosis, LogQuery } from '@jamie/core';
import { numberEvidence } from '../causes/number-evidence.ts';
import { observeLog } from '../evidence/observe.ts';
import { logQueryOf } from './logs-wanted.ts';
import { type WeighedLine, weighLogLines } from './pick-log-lines.ts';

/** What came of reading one log that a diagnosis wanted. The text is redacted before anything is made of it. */
export type LogReading =
  | { readonly kind: 'read'; readonly query: LogQuery; readonly text: string; readonly readAt: number }
  | { readonly kind: 'unread'; readonly query: LogQuery; readonly why: string };

// The whole log is one query away; these are to make the point.
const CITED_LINES = 4;

/**
 * The same diagnosis with what the logs say as evidence of the causes that wanted them. A log that could not be read
 * becomes an unchecked entry; the verdict stays.
 */
export function withLogs(diagnosis: Diagnosis, readings: readonly LogReading[]): Diagnosis {
  const unread = readings.flatMap((reading) =>
    reading.kind === 'unread' ? [{ what: describeLog(reading.query), why: reading.why }] : [],
  );
  const causes = diagnosis.causes.map((cause) => readings.reduce(addReading, cause));
  return { ...diagnosis, causes: numberEvidence(causes), unchecked: [...diagnosis.unchecked, ...unread] };
}

function describeLog({ namespace, pod, container, previous }: LogQuery): string {
  return `${previous ? 'previous log' : 'log'} of container ${container} of Pod ${namespace}/${pod}`;
}

function addReading(cause: Cause, reading: LogReading): Cause {
  if (reading.kind === 'unread') return cause;
  const { query, text, readAt } = reading;
  if (!wants(cause, query)) return cause;
  const lines = weighLogLines(text, { maxLines: CITED_LINES });
  const telling = mostTelling(lines);
  if (telling === undefined) return cause;
  const evidence = [...cause.root.evidence, ...lines.map((line) => observeLog(query, line.text, readAt))];
  return {
    ...cause,
    root: { ...cause.root, evidence },
    explanation: `${cause.explanation} Its log says "${telling.text}".`,
  };
}

function wants(cause: Cause, query: LogQuery): boolean {
  return cause.root.evidence.some((evidence) => {
    const wanted = logQueryOf(evidence);
    return (
      wanted !== undefined &&
      wanted.namespace === query.namespace &&
      wanted.pod === query.pod &&
      wanted.container === query.container
    );
  });
}

/** The gravest line; of several the latest. */
function mostTelling(lines: readonly WeighedLine[]): WeighedLine | undefined {
  return lines.reduce<WeighedLine | undefined>(
    (best, line) => (best === undefined || line.weight >= best.weight ? line : best),
    undefined,
  );
}
