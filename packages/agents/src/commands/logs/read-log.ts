import { cleanLog } from '@jamie/analysis';
import type { ClusterReader, KubernetesIdentity, LogQuery, OpsError } from '@jamie/core';
import { isOpsError } from '@jamie/core';

/** A log as it was read: clean lines, or why there are none. */
export type LogText =
  | {
      readonly kind: 'read';
      readonly lines: readonly string[];
      /** What is known to lie beyond these lines. */
      readonly missing: 'nothing' | 'older' | 'newer';
      /** The last line has no end yet: the rest of it may come. */
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'unread';
      /** `forgotten`: the node keeps it no longer. `refused`: it has not been written yet, or cannot be asked for. */
      readonly reason: 'refused' | 'gone' | 'forbidden' | 'forgotten';
      readonly message: string;
    };

/** Kubelets say this in a log's place, with status 200, when the file of a container is gone from the node. */
const FORGOTTEN =
  /^(?:unable to retrieve container logs for \S{1,300}|failed to try resolving symlinks in path .{1,500})$/;
/** How much of what fitted is asked for after a log did not fit; lines at the end may be longer than those before. */
const SHARES: readonly number[] = [0.9, 0.4, 0.1];
/** A limit in bytes may fall into a character, which is then left out. */
const UTF8_BYTES = 4;

/**
 * Reads the end of a log as the person who asks. The API server counts its byte limit from the first of the lines that
 * were asked for, so that a log of long lines loses its newest; then fewer lines are asked for, a few times.
 */
export async function readLog(
  reader: ClusterReader,
  query: LogQuery,
  as: KubernetesIdentity,
): Promise<LogText> {
  try {
    return await readEnd(reader, query, as);
  } catch (error) {
    const unread = isOpsError(error) ? unreadOf(error) : undefined;
    if (unread === undefined) throw error;
    return unread;
  }
}

async function readEnd(reader: ClusterReader, query: LogQuery, as: KubernetesIdentity): Promise<LogText> {
  let { tailLines } = query;
  let text = await reader.readLog(query, as);
  for (const share of SHARES) {
    if (!isFull(text, query)) break;
    tailLines = Math.max(1, Math.floor(countLines(text) * share));
    text = await reader.readLog({ ...query, tailLines }, as);
  }
  if (FORGOTTEN.test(text.trim())) return { kind: 'unread', reason: 'forgotten', message: '' };
  const isWhole = countLines(text) < tailLines;
  const missing = isFull(text, query) ? 'newer' : isWhole ? 'nothing' : 'older';
  return { kind: 'read', lines: cleanLog(text), missing, isOpen: text !== '' && !text.endsWith('\n') };
}

function isFull(text: string, { limitBytes }: LogQuery): boolean {
  return Buffer.byteLength(text) > limitBytes - UTF8_BYTES;
}

function countLines(text: string): number {
  const breaks = text.split('\n').length - 1;
  return text === '' || text.endsWith('\n') ? breaks : breaks + 1;
}

/** Why there is nothing to read, where that is an answer; what may pass is thrown, and tried again. */
function unreadOf(error: OpsError): Extract<LogText, { kind: 'unread' }> | undefined {
  const message = error.userMessage ?? error.message;
  switch (error.code) {
    case 'invalid_input':
      return { kind: 'unread', reason: 'refused', message };
    case 'not_found':
      return { kind: 'unread', reason: 'gone', message };
    case 'forbidden':
      return { kind: 'unread', reason: 'forbidden', message };
    default:
      return undefined;
  }
}
