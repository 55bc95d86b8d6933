import { readVocabulary } from '../commands/read-vocabulary.ts';
import type { JamieRun } from './jamie-run.ts';
import type { ModelQuestion } from './model-help.ts';

/** What a model is told beside what was found. */
export async function askModel({ context, asked, question }: JamieRun): Promise<ModelQuestion> {
  const { focus } = asked.conversation;
  const { objects } = await readVocabulary(context, asked);
  const { about } = asked.request;
  const text =
    about === undefined ? question : `${question}\nIt is asked about this text of others: ${about}`;
  return { text, otherNames: objects, spokenOf: focus === undefined ? [] : [focus.name] };
}
