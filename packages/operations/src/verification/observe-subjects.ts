import { assertNever, isOpsError } from '@jamie/core';
import { combineObservations } from './combine-observations.ts';
import type { Observation } from './observation.ts';
import { observeFields } from './observe-fields.ts';
import { observeGone } from './observe-gone.ts';
import { observeJob } from './observe-job.ts';
import { observeReadyAgain } from './observe-ready-again.ts';
import { observeWorkload } from './observe-workload.ts';
import type { TargetReader } from './read-as.ts';
import type { Subject } from './subjects.ts';

/**
 * Looks once at every subject. Never throws for what the cluster does: what cannot be seen is `blind`.
 * `changedAt`: when the change was made, in milliseconds since 1970.
 */
export async function observeSubjects(
  reader: TargetReader,
  subjects: readonly Subject[],
  changedAt: number,
): Promise<Observation> {
  const observations: Observation[] = [];
  // One after the other: a drain has as many subjects as a node has pods.
  for (const subject of subjects) observations.push(await observe(reader, subject, changedAt));
  return combineObservations(observations);
}

async function observe(reader: TargetReader, subject: Subject, changedAt: number): Promise<Observation> {
  try {
    return await observeOne(reader, subject, changedAt);
  } catch (error) {
    if (isOpsError(error)) return { kind: 'blind', why: error.userMessage ?? error.message };
    throw error;
  }
}

async function observeOne(reader: TargetReader, subject: Subject, changedAt: number): Promise<Observation> {
  switch (subject.kind) {
    case 'workload':
      return observeWorkload(reader, subject, changedAt);
    case 'fields':
      return observeFields(await reader.find(subject.ref), subject);
    case 'gone':
      return observeGone(await reader.find(subject.ref), subject);
    case 'ready_again':
      return observeReadyAgain(await reader.find(subject.ref), subject);
    case 'job':
      return observeJob(await reader.find(subject.ref), subject);
    default:
      return assertNever(subject);
  }
}
