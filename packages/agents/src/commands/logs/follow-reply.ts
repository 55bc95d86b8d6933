import type { Reply, ReplySection } from '@jamie/core';
import type { LogText } from './read-log.ts';
import { type LogView, viewLog } from './view-log.ts';

/** Why following came to its end. `away`: the cluster stopped answering. */
export type FollowEnd = 'time' | 'container_ended' | 'gone' | 'rights' | 'away' | 'stopped';

type ReadLog = Extract<LogText, { kind: 'read' }>;

/** A log that is followed, as it was when it was last read. */
export interface FollowedLog {
  readonly view: LogView;
  readonly log: ReadLog;
}

/** Marks an answer as one that still grows. Its last section says so; files wait for the end, since each is sent once. */
export function startFollowing(reply: Reply, until: number): Reply {
  const { files: _files, ...rest } = reply;
  const section = statusSection(`Following until ${formatTime(until)} UTC. Type stop to end it.`);
  return { ...rest, sections: [...reply.sections, section], followingUntil: until };
}

/** The lines that are whole: half a line may hold half a secret, which nothing would recognise. */
export function wholeLines(log: ReadLog): ReadLog {
  return log.isOpen ? { ...log, lines: log.lines.slice(0, -1), isOpen: false } : log;
}

/** The answer with the log as it is now. */
export function growReply(reply: Reply, { view, log }: FollowedLog): Reply {
  const { headline, sections } = viewLog(view, log);
  return { ...reply, headline, sections: [...sections, ...reply.sections.filter(isNoLog)] };
}

/** The answer as it stays: with all that was read, and why nothing more comes. */
export function endReply(reply: Reply, why: FollowEnd, last?: FollowedLog): Reply {
  const { followingUntil: _until, ...grown } = last === undefined ? reply : growReply(reply, last);
  const file = last && viewLog(last.view, last.log).file;
  return {
    ...grown,
    sections: [...grown.sections.slice(0, -1), statusSection(`No longer following: ${END_WORDS[why]}`)],
    ...(file !== undefined && { files: [file] }),
  };
}

const END_WORDS: Readonly<Record<FollowEnd, string>> = {
  time: 'the time is over. Ask again for more.',
  container_ended: 'the container has ended.',
  gone: 'the pod is gone.',
  rights: 'Kubernetes no longer lets you read logs here. Ask somebody with rights there.',
  away: 'the cluster does not answer. Ask again once it does.',
  stopped: 'somebody asked me to stop.',
};

function isNoLog(section: ReplySection): boolean {
  return section.kind !== 'code';
}

function statusSection(line: string): ReplySection {
  return { kind: 'text', lines: [line] };
}

/** `12:00:30`. */
function formatTime(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
