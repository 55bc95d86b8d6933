import type { Life } from './container-record.ts';

/** A line with the moment it was written. */
export interface TimedLine {
  readonly at: number;
  readonly text: string;
}

const MOST_CHATTER_LINES = 1000;

/**
 * What a container wrote from its start until now or its end, oldest first. `{time}` in a line becomes the moment it was written.
 */
export function logOf(life: Life, now: number): readonly TimedLine[] {
  const until = life.endedAt ?? now;
  const written = life.run.output.map((line) => ({
    at: life.startedAt + line.afterMs / life.scale,
    text: line.text,
  }));
  const lines = [...written, ...chatterOf(life, until)]
    .filter(({ at }) => at <= until)
    .sort((left, right) => left.at - right.at);
  return lines.map(({ at, text }) => ({ at, text: text.replaceAll('{time}', new Date(at).toISOString()) }));
}

function chatterOf(life: Life, until: number): readonly TimedLine[] {
  const { chatter, startupMs } = life.run;
  const { scale } = life;
  if (chatter === undefined || chatter.lines.length === 0) return [];
  const everyMs = chatter.everyMs / scale;
  const from = life.startedAt + startupMs / scale;
  const count = Math.floor((until - from) / everyMs);
  const first = Math.max(1, count - MOST_CHATTER_LINES);
  return Array.from({ length: Math.max(0, count - first + 1) }, (_, offset) => {
    const index = first + offset;
    return { at: from + index * everyMs, text: chatter.lines[index % chatter.lines.length] ?? '' };
  });
}
