import { Aggregator } from 'mingo/aggregator';
import { Query } from 'mingo/query';
import { type BsonDocument, copyValue } from './bson-document.ts';
import { asCommandError } from './match-documents.ts';
import { MINGO_CONTEXT } from './mingo-context.ts';

/**
 * The fields that a projection of find leaves. mingo changes nested documents in place, so it is given copies.
 * @throws CommandError when the projection is not valid.
 */
export function projectDocuments(
  documents: readonly BsonDocument[],
  projection: BsonDocument | undefined,
  filter: BsonDocument,
): readonly BsonDocument[] {
  if (projection === undefined || Object.keys(projection).length === 0) return documents;
  const copies = documents.map((document) => copyValue(document));
  const isPositional = Object.keys(projection).some((path) => path.endsWith('.$'));
  return asCommandError(() => {
    if (!isPositional)
      return new Query<BsonDocument>({}, { context: MINGO_CONTEXT })
        .find<BsonDocument>(copies, projection)
        .all();
    return new Query<BsonDocument>(filter, { context: MINGO_CONTEXT })
      .find<BsonDocument>(copies, projection)
      .all();
  });
}

/** Runs the stages of a pipeline over copies of these documents. `from` gives copies of another collection's. */
export function runPipeline(
  documents: readonly BsonDocument[],
  stages: readonly BsonDocument[],
  {
    variables,
    from,
  }: { readonly variables: BsonDocument | undefined; readonly from: (name: string) => BsonDocument[] },
): readonly BsonDocument[] {
  if (stages.length === 0) return documents;
  const copies = documents.map((document) => copyValue(document));
  return asCommandError(() =>
    new Aggregator([...stages], {
      scriptEnabled: false,
      context: MINGO_CONTEXT,
      collectionResolver: from,
      ...(variables !== undefined && { variables }),
    }).run<BsonDocument>(copies),
  );
}
