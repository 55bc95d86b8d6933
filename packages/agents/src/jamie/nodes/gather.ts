import { redactSecrets } from '@jamie/core';
import type { Outcome } from '../../commands/outcome.ts';
import type { JamieRun } from '../jamie-run.ts';
import { type Gathered, type JamieState, MAX_GATHERED_CHARACTERS } from '../jamie-state.ts';

/**
 * Runs the handler that reads: it looks as the person, diagnoses, and cites its evidence. What it read from the cluster
 * stays in the handler, so that no checkpoint holds a snapshot or a log. An outcome that would store something, or that
 * is too long for a checkpoint, is not kept: its handler runs again when the graph has ended.
 */
export async function gather({ understood }: JamieState, run: JamieRun): Promise<Partial<JamieState>> {
  if (understood?.kind !== 'read') return {};
  const gathered = toGathered(await run.answerIntent(understood.intent));
  return gathered === undefined
    ? { understood: { kind: 'hand_over', intent: understood.intent } }
    : { gathered };
}

function toGathered({ reply, cluster, focus, changes = [], isCard }: Outcome): Gathered | undefined {
  if (isCard === true || changes.length > 0 || reply.files !== undefined) return undefined;
  const gathered: Gathered = {
    reply,
    ...(cluster !== undefined && { cluster }),
    ...(focus !== undefined && { focus }),
  };
  if (JSON.stringify(gathered).length > MAX_GATHERED_CHARACTERS) return undefined;
  return redactTexts(gathered) as Gathered;
}

/** A last sieve before the checkpoint: every text in it, whatever the handler did. */
function redactTexts(value: unknown): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(redactTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redactTexts(each)]));
}
