import { inStep } from '../../commands/in-step.ts';
import { parseCommand } from '../../grammar/parse-command.ts';
import { askModel } from '../ask-model.ts';
import type { JamieRun } from '../jamie-run.ts';
import type { JamieState } from '../jamie-state.ts';
import { isRead } from './understand.ts';

/**
 * Lets the model choose what to look at. What it answers is read by the grammar like anything typed, and only a command
 * that reads is taken: a model can never choose a change.
 */
export async function choose(
  _state: JamieState,
  run: JamieRun,
  signal: AbortSignal,
): Promise<Partial<JamieState>> {
  const { model } = run;
  if (model === undefined) return {};
  const question = await askModel(run);
  const chosen = await inStep(
    run.asked,
    'Asking the model what to look at',
    () => model.chooseReadTool(question, signal),
    (choice) => (choice.kind === 'none' ? choice.reason : choice.command),
  );
  if (chosen.kind === 'none')
    return { model: { kind: 'failed', model: model.name, reason: chosen.reason, chose: false } };
  const parsed = parseCommand(chosen.command);
  if (parsed.kind !== 'intent' || parsed.intent.kind === 'ask' || !isRead(parsed.intent)) {
    return {
      model: {
        kind: 'failed',
        model: model.name,
        reason: 'the model chose nothing that reads',
        chose: false,
      },
    };
  }
  return {
    understood: { kind: 'read', intent: parsed.intent, mayChoose: false },
    model: { kind: 'used', model: model.name, use: 'chose' },
  };
}
