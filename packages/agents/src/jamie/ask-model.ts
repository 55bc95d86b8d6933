import { readVocabulary } from '../commands/read-vocabulary.ts';
import type { JamieRun } from './jamie-run.ts';
import type { ModelQuestion } from './model-help.ts';

/** What a model is told beside what was found. */
export async function askModel({ context, asked, question }: JamieRun): Promise<ModelQuestion> {
  const { focus } = asked.conversation;
  const { objects } = await readVocabulary(context, asked);
  return { text: question, otherNames: objects, spokenOf: focus === undefined ? [] : [focus.name] };
}
