import { countOf, formatDuration, grepLog, type LogSummary, summariseLog, tailLog } from '@jamie/analysis';
import { type Reply, type ReplyFile, type ReplySection, redactSecrets } from '@jamie/core';
import type { IntentOf } from '../../grammar/command-list.ts';
import { explainChoice } from './explain-choice.ts';
import { SHOWN_CHARACTERS, SHOWN_LINES } from './log-bounds.ts';
import { logFollowUps } from './log-follow-ups.ts';
import type { LogTarget } from './log-target.ts';
import type { LogText } from './read-log.ts';
import { explainEmpty } from './unread-log.ts';

const QUOTED_CHARACTERS = 160;

export interface LogReading {
  readonly intent: IntentOf<'logs'>;
  /** How the object that was named is called, for example `Deployment shop/checkout`. */
  readonly subject: string;
  readonly target: LogTarget;
  readonly log: Extract<LogText, { kind: 'read' }>;
  readonly now: number;
}

/** A log as an answer: the point first, then its end, and all of it as a file where that is longer. Pure. */
export function logReply(reading: LogReading): Reply {
  const { intent, target, log, now, subject } = reading;
  const found = intent.grep === undefined ? undefined : grepLog(log.lines, intent.grep);
  const lines = found?.lines ?? log.lines;
  const tail = tailLog(lines, SHOWN_LINES, SHOWN_CHARACTERS);
  const notes = [
    ...explainChoice(subject, target),
    ...(log.lines.length === 0 ? [explainEmpty(intent, target.container, now)] : []),
    ...missingNotes(reading),
  ];
  const title =
    tail.lines.length < lines.length ? `The last ${tail.lines.length} of ${lines.length} lines` : undefined;
  return {
    tone: 'answer',
    headline: headlineOf(reading, found?.matches),
    sections: [
      ...(lines.length === 0 ? [] : [codeOf(tail.lines, title)]),
      ...(notes.length === 0 ? [] : [{ kind: 'text' as const, lines: notes }]),
    ],
    proposals: [],
    followUps: logFollowUps(reading),
    ...(!tail.isWhole && { files: [fileOf(reading, lines)] }),
  };
}

function codeOf(lines: readonly string[], title: string | undefined): ReplySection {
  return { kind: 'code', ...(title !== undefined && { title }), text: lines.join('\n') };
}

/** `checkout-7d9f/app: 212 lines in the last 10 min, 14 look like errors; the last: "…"`. */
function headlineOf({ intent, target, log }: LogReading, matches: number | undefined): string {
  const name = `${target.pod.name}/${target.container.name}`;
  const run = intent.previous ? ', before its last restart' : '';
  const since = sinceWords(intent.sinceSeconds);
  if (matches !== undefined) {
    const lines = countOf(log.lines.length, 'line');
    const count = matches === 0 ? 'none' : matches;
    return `${name}${run}: ${count} of ${lines}${since} ${matches > 1 ? 'hold' : 'holds'} "${quote(intent.grep ?? '')}".`;
  }
  if (log.lines.length === 0) return `${name}${run}: nothing was written${since}.`;
  const last = log.missing === 'older' ? 'the last ' : '';
  return `${name}${run}: ${last}${countOf(log.lines.length, 'line')}${since}, ${errorWords(summariseLog(log.lines))}`;
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

function missingNotes({ log, intent }: LogReading): readonly string[] {
  if (log.missing === 'newer')
    return ['Its lines are so long that the newest did not fit; ask for fewer with --tail.'];
  const isAsked = intent.tailLines !== undefined && log.lines.length >= intent.tailLines;
  return log.missing === 'older' && !isAsked
    ? ['There may be older lines; narrow it with --since or --grep.']
    : [];
}

function fileOf({ target, intent }: LogReading, lines: readonly string[]): ReplyFile {
  const stem = [
    target.pod.name,
    target.container.name,
    intent.previous ? 'previous' : '',
    intent.grep && 'matches',
  ]
    .filter((part) => part !== '' && part !== undefined)
    .join('-');
  return {
    name: `${stem}.log`,
    title: `${countOf(lines.length, 'line')} of ${target.pod.name}/${target.container.name}`,
    text: `${lines.join('\n')}\n`,
  };
}
