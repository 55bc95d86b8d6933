import type { LogQuery } from '@jamie/core';
import type { Fault } from '../analyzers/fault.ts';
import { observeLog } from '../evidence/observe.ts';
import { type WeighedLine, weighLogLines } from './pick-log-lines.ts';

/** A log that was read for a diagnosis. Its text may hold secrets: it is redacted before anything is made of it. */
export interface FetchedLog {
  readonly query: LogQuery;
  readonly text: string;
}

// The whole log is one query away; these are to make the point.
const CITED_LINES = 4;

/** Adds to each fault what the logs of its own container say. */
export function addLogEvidence(
  faults: readonly Fault[],
  logs: readonly FetchedLog[],
  takenAt: number,
): readonly Fault[] {
  if (logs.length === 0) return faults;
  return faults.map((fault) => logs.reduce((known, log) => addLog(known, log, takenAt), fault));
}

function addLog(fault: Fault, { query, text }: FetchedLog, takenAt: number): Fault {
  if (fault.tier !== 'pod' || fault.container !== query.container) return fault;
  if (!fault.pods.some((pod) => pod.namespace === query.namespace && pod.name === query.pod)) return fault;
  const lines = weighLogLines(text, { maxLines: CITED_LINES });
  const telling = mostTelling(lines);
  if (telling === undefined) return fault;
  return {
    ...fault,
    evidence: [...fault.evidence, ...lines.map((line) => observeLog(query, line.text, takenAt))],
    explanation: `${fault.explanation} Its log says "${telling.text}".`,
  };
}

/** The gravest line; of several the latest. */
function mostTelling(lines: readonly WeighedLine[]): WeighedLine | undefined {
  return lines.reduce<WeighedLine | undefined>(
    (best, line) => (best === undefined || line.weight >= best.weight ? line : best),
    undefined,
  );
}
