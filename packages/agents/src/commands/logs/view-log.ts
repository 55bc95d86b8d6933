import { countOf, formatDuration, grepLog, type LogSummary, summariseLog, tailLog } from '@jamie/analysis';
import { type ReplyFile, type ReplySection, redactSecrets } from '@jamie/core';
import { SHOWN_CHARACTERS, SHOWN_LINES } from './log-bounds.ts';
import type { LogText } from './read-log.ts';

const QUOTED_CHARACTERS = 160;

/** Which log is looked at, and how. */
export interface LogView {
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly sinceSeconds?: number;
  readonly tailLines?: number;
  readonly grep?: string;
}

/** What a reply holds of a log. */
export interface ViewedLog {
  readonly headline: string;
  /** Its end; none where there is no line. */
  readonly sections: readonly ReplySection[];
  /** All of it, where the message does not hold it. */
  readonly file?: ReplyFile;
}

type ReadLog = Extract<LogText, { kind: 'read' }>;

/** Lays out a log: how much there is and what of it matters, its end, and all of it where that is longer. Pure. */
export function viewLog(view: LogView, log: ReadLog): ViewedLog {
  const found = view.grep === undefined ? undefined : grepLog(log.lines, view.grep);
  const lines = found?.lines ?? log.lines;
  const tail = tailLog(lines, SHOWN_LINES, SHOWN_CHARACTERS);
  const title =
    tail.lines.length < lines.length ? `The last ${tail.lines.length} of ${lines.length} lines` : undefined;
  const code = {
    kind: 'code' as const,
    ...(title !== undefined && { title }),
    text: tail.lines.join('\n'),
  };
  return {
    headline: headlineOf(view, log, found?.matches),
    sections: lines.length === 0 ? [] : [code],
    ...(!tail.isWhole && { file: fileOf(view, lines) }),
  };
}

/** `checkout-7d9f/app: 212 lines in the last 10 min, 14 look like errors; the last: "…"`. */
function headlineOf(view: LogView, log: ReadLog, matches: number | undefined): string {
  const name = `${view.pod}/${view.container}${view.previous ? ', before its last restart' : ''}`;
  const since = sinceWords(view.sinceSeconds);
  if (matches !== undefined) {
    const count = `${matches === 0 ? 'none' : matches} of ${countOf(log.lines.length, 'line')}`;
    return `${name}: ${count}${since} ${matches > 1 ? 'hold' : 'holds'} "${quote(view.grep ?? '')}".`;
  }
  if (log.lines.length === 0) return `${name}: nothing was written${since}.`;
  const last = log.missing === 'older' ? 'the last ' : '';
  return `${name}: ${last}${countOf(log.lines.length, 'line')}${since}, ${errorWords(summariseLog(log.lines))}`;
}

function sinceWords(sinceSeconds: number | undefined): string {
  return sinceSeconds === undefined ? '' : ` in the last ${formatDuration(sinceSeconds * 1_000)}`;
}

function errorWords({ errors, lastError }: LogSummary): string {
  if (lastError === undefined) return 'none looks like an error.';
  if (errors === 1) return `one looks like an error: "${quote(lastError)}"`;
  return `${errors} look like errors; the last: "${quote(lastError)}"`;
}

function quote(line: string): string {
  const text = redactSecrets(line).replace(/\s+/g, ' ').trim();
  return text.length <= QUOTED_CHARACTERS ? text : `${text.slice(0, QUOTED_CHARACTERS - 1)}…`;
}

function fileOf({ pod, container, previous, grep }: LogView, lines: readonly string[]): ReplyFile {
  const marks = [...(previous ? ['previous'] : []), ...(grep === undefined ? [] : ['matches'])];
  return {
    name: `${[pod, container, ...marks].join('-')}.log`,
    title: `${countOf(lines.length, 'line')} of ${pod}/${container}`,
    text: `${lines.join('\n')}\n`,
  };
}
