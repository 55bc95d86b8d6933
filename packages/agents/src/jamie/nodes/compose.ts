import type { Reply, ReplySection } from '@jamie/core';
import { asking } from '../../commands/outcome.ts';
import type { Gathered, JamieState } from '../jamie-state.ts';
import { withModelLine } from '../model-line.ts';

/** Puts the answer together: the point, what the model worded of it, the evidence, and what part a model had. */
export async function compose(state: JamieState): Promise<Partial<JamieState>> {
  const { reply, ...about } = found(state);
  return { answer: { ...about, reply: withModelLine(inWords(reply, state.sentences), state.model) } };
}

function found({ gathered, understood }: JamieState): Gathered {
  if (gathered !== undefined) return gathered;
  if (understood?.kind === 'unclear') {
    const { message, prompt, options } = understood;
    return { reply: asking(message, prompt, options).reply };
  }
  return { reply: asking('I could not make sense of that. Type help for what I can do.', '', []).reply };
}

function inWords(reply: Reply, sentences: readonly string[] = []): Reply {
  if (sentences.length === 0) return reply;
  const words: ReplySection = { kind: 'text', title: 'In short', lines: sentences };
  return { ...reply, sections: [words, ...reply.sections] };
}
