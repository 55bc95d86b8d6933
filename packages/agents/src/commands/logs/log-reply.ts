import type { Reply } from '@jamie/core';
import { explainChoice } from './explain-choice.ts';
import { logFollowUps } from './log-follow-ups.ts';
import type { LogReading } from './log-reading.ts';
import { explainEmpty } from './unread-log.ts';
import { type LogView, viewLog } from './view-log.ts';

/** A log as an answer: the point first, then its end, why it is this one, and what to ask next. Pure. */
export function logReply(reading: LogReading): Reply {
  const { intent, target, log, now, subject } = reading;
  const { headline, sections, file } = viewLog(viewOf(reading), log);
  const notes = [
    ...explainChoice(subject, target),
    // What is empty now need not be in a moment.
    ...(log.lines.length === 0 && intent.followSeconds === undefined
      ? [explainEmpty(intent, target.container, now)]
      : []),
    ...(intent.followSeconds === undefined ? missingNotes(reading) : []),
  ];
  return {
    tone: 'answer',
    headline,
    sections: [...sections, ...(notes.length === 0 ? [] : [{ kind: 'text' as const, lines: notes }])],
    proposals: [],
    followUps: logFollowUps(reading),
    ...(file !== undefined && { files: [file] }),
  };
}

/** What the reading looks at, without the objects. */
export function viewOf({ intent, target }: Pick<LogReading, 'intent' | 'target'>): LogView {
  const { previous, sinceSeconds, tailLines, grep } = intent;
  return {
    pod: target.pod.name,
    container: target.container.name,
    previous,
    ...(sinceSeconds !== undefined && { sinceSeconds }),
    ...(tailLines !== undefined && { tailLines }),
    ...(grep !== undefined && { grep }),
  };
}

function missingNotes({ log, intent }: LogReading): readonly string[] {
  if (log.missing === 'newer')
    return ['Its lines are so long that the newest did not fit; ask for fewer with --tail.'];
  const isAsked = intent.tailLines !== undefined && log.lines.length >= intent.tailLines;
  return log.missing === 'older' && !isAsked
    ? ['There may be older lines; narrow it with --since or --grep.']
    : [];
}
