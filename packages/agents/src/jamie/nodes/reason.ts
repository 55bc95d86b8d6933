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
  const words = await model.wordFindings(await askModel(run), gathered.reply, signal);
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
