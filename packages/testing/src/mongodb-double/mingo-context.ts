import { Context } from 'mingo';
import { type Iterator, Lazy } from 'mingo/lazy';
import * as accumulatorOperators from 'mingo/operators/accumulator';
import * as expressionOperators from 'mingo/operators/expression';
import * as pipelineOperators from 'mingo/operators/pipeline';
import * as projectionOperators from 'mingo/operators/projection';
import * as queryOperators from 'mingo/operators/query';
import * as windowOperators from 'mingo/operators/window';
import type { BsonDocument } from './bson-document.ts';
import { documentOrder } from './compare-values.ts';
import { COMPARISONS } from './comparison-operators.ts';

/** mingo's own sorts arrays and values of several types in an order of its own. */
function sortStage(documents: Iterator, sort: BsonDocument): Iterator {
  return documents.transform((all: BsonDocument[]) => Lazy(all.toSorted(documentOrder(sort))));
}

/** mingo's operators, with those in which it differs from the server replaced by ours. */
export const MINGO_CONTEXT = Context.init(
  // mingo declares the type of an operator as what all of its own have in common, which no other function has.
  {
    accumulator: accumulatorOperators,
    expression: expressionOperators,
    pipeline: { ...pipelineOperators, $sort: sortStage },
    projection: projectionOperators,
    query: { ...queryOperators, ...COMPARISONS },
    window: windowOperators,
  } as object,
);
