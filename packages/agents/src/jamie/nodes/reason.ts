import type { Reply } from '@jamie/core';
import { inStep } from '../../commands/in-step.ts';
import { askModel } from '../ask-model.ts';
import type { JamieRun } from '../jamie-run.ts';
import type { JamieState, ModelUse } from '../jamie-state.ts';

/** Lets the model word what was found. Its sentences are a proposal: `check` decides which of them leave. */
export async function reason(
  { gathered, model: before }: JamieState,
  run: JamieRun,
  signal: AbortSignal,
): Promise<Partial<JamieState>> {
  const { model } = run;
  if (model === undefined || gathered === undefined) return {};
  run.asked.progress?.say(foundSoFar(gathered.reply));
  const question = await askModel(run);
  const words = await inStep(
    run.asked,
    'Asking the model to word it',
    () => model.wordFindings(question, gathered.reply, signal),
    (worded) => (worded.kind === 'nothing' ? worded.reason : undefined),
  );
  const chose = before.kind === 'used';
  if (words.kind === 'nothing')
    return { model: { kind: 'failed', model: model.name, reason: words.reason, chose } };
  const use: ModelUse = {
    kind: 'used',
    model: model.name,
    use: chose ? 'chose and worded' : 'worded',
  };
  return { sentences: [...words.sentences], model: use };
}

/** The point, and how much bears it out: what the person may know while the model takes its time over the words. */
function foundSoFar({ headline, sections }: Reply): string {
  const evidence = sections.flatMap((section) => (section.kind === 'evidence' ? section.evidence : []));
  const pieces = evidence.length === 1 ? 'One observation shows' : `${evidence.length} observations show`;
  return `Found so far: ${headline} ${pieces} it.`;
}
