import type { Diagnosis, Evidence, LogQuery } from '@jamie/core';

// Reading a log costs the kubelet and the person who waits.
const MAX_QUERIES = 5;
const TAIL_LINES = 200;
const LIMIT_BYTES = 64 * 1024;

/** Detections that the program's own words can make clearer. */
const LOG_HELPS = /^CHK-POD-(?:10[1-5]|15[1-3])$/;
const CONTAINER = /^status\.(?:initC|c)ontainerStatuses\[([^\]]+)\]\.(lastState|state|ready|restartCount)$/;

/**
 * The logs that would make a diagnosis stronger, worst cause first, one pod per cause and at most five: the previous
 * log of a container that crashed, the present one of a container that runs and is not ready.
 */
export function logsWanted(diagnosis: Pick<Diagnosis, 'causes'>): readonly LogQuery[] {
  return diagnosis.causes
    .filter((cause) => LOG_HELPS.test(cause.root.code))
    .flatMap((cause) => cause.root.evidence.flatMap((evidence) => logQueryOf(evidence) ?? []).slice(0, 1))
    .slice(0, MAX_QUERIES);
}

/** The log of the container that an observation is about; undefined when it names none. */
export function logQueryOf(evidence: Evidence): LogQuery | undefined {
  const [, container, field] = CONTAINER.exec(evidence.where) ?? [];
  const { kind, namespace, name } = evidence.ref;
  if (container === undefined || kind !== 'Pod' || namespace === undefined) return undefined;
  // A container that lies there terminated has not been replaced yet: its log is the present one.
  const previous = field === 'lastState' || field === 'restartCount';
  return { namespace, pod: name, container, previous, tailLines: TAIL_LINES, limitBytes: LIMIT_BYTES };
}
