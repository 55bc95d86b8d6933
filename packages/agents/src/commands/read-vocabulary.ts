import { isOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { type Vocabulary, vocabularyOf } from '../grammar/vocabulary.ts';
import type { CommandRequest } from './command-request.ts';
import { whereToLook } from './where-to-look.ts';

/** The names in force where the request was made. A cluster that is away has none, and the sentence is read without. */
export async function readVocabulary(context: AgentsContext, asked: CommandRequest): Promise<Vocabulary> {
  const clusters = context.clusters.list().map(({ name }) => name);
  try {
    const { connection } = await whereToLook(context, asked, {});
    return vocabularyOf(await connection.snapshots.snapshot(), clusters);
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return vocabularyOf(undefined, clusters);
  }
}
