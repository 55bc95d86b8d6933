import { OpsError } from '@jamie/core';
import type { Outcome } from '../commands/outcome.ts';
import type { Intent } from '../grammar/command-list.ts';
import { graphOptions, INPUT_STEP } from '../graphs/graph-options.ts';
import { loadJamieGraph } from './jamie-graph.ts';
import type { JamieRun } from './jamie-run.ts';
import { JAMIE_STATE_FORMAT, type JamieState, readJamieState } from './jamie-state.ts';

/** What a run of the graph ends in: an answer, or an intent whose handler has an effect. */
export type JamieEnding =
  | { readonly kind: 'answer'; readonly outcome: Outcome }
  | { readonly kind: 'hand_over'; readonly intent: Intent };

/**
 * Runs Jamie's graph for a request, or takes it up where an earlier run of it ended: nodes that have finished do not run
 * again. The graph's thread has the request's id, and whoever ends the request deletes it.
 */
export async function runJamie(run: JamieRun): Promise<JamieEnding> {
  const { checkpoints, logger } = run.context;
  const threadId = run.asked.request.id;
  const first = await advance(run);
  if (first !== undefined) return first;
  // Written by another version of this program: nothing in it had an effect, so that it may simply begin anew.
  logger.warn('a checkpoint could not be read, so its run begins anew', { requestId: threadId });
  await checkpoints.delete(threadId);
  const second = await advance(run);
  if (second !== undefined) return second;
  throw new OpsError('internal', 'the graph ended without an answer', { details: { requestId: threadId } });
}

/** Undefined when what the graph holds is nothing that this program understands. */
async function advance(run: JamieRun): Promise<JamieEnding | undefined> {
  const graph = await loadJamieGraph(run.context.checkpoints);
  const options = graphOptions({ threadId: run.asked.request.id, live: run, signal: run.asked.signal });
  const before = await graph.getState({ configurable: options.configurable });
  // A run that died before its first node has its input in no channel yet: it begins once more.
  const hasBegun = (before.metadata?.step ?? INPUT_STEP) > INPUT_STEP;
  if (!hasBegun) return endingOf(await graph.invoke(firstState(run), options));
  if (readJamieState(before.values) === undefined) return undefined;
  return endingOf(before.values) ?? endingOf(await graph.invoke(null, options));
}

function firstState({ model }: JamieRun): JamieState {
  return {
    format: JAMIE_STATE_FORMAT,
    model: model === undefined ? { kind: 'off' } : { kind: 'unused', model: model.name },
  };
}

function endingOf(values: unknown): JamieEnding | undefined {
  const state = readJamieState(values);
  if (state?.understood?.kind === 'hand_over') return { kind: 'hand_over', intent: state.understood.intent };
  return state?.answer === undefined ? undefined : { kind: 'answer', outcome: state.answer };
}
