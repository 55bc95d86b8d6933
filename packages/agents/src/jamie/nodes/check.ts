import { checkCitations } from '../../model/claims/check-citations.ts';
import { groundsOfReply } from '../../model/grounds.ts';
import type { JamieState } from '../jamie-state.ts';

/** Drops every sentence of the model that what was gathered does not bear out: the last word before an answer is code's. */
export async function check({ gathered, sentences = [], model }: JamieState): Promise<Partial<JamieState>> {
  if (gathered === undefined || sentences.length === 0) return {};
  const kept = checkCitations(sentences.join(' '), groundsOfReply(gathered.reply)).sentences;
  if (kept.length > 0 || model.kind !== 'used') return { sentences: [...kept] };
  const reason = 'the model said nothing that the evidence bears out';
  return {
    sentences: [],
    model: { kind: 'failed', model: model.model, reason, chose: model.use !== 'worded' },
  };
}
