import fc from 'fast-check';
import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';

/** Documents under small numbers, so that operations meet. */
export interface SmallDocument extends Document {
  _id: number;
}

/** One operation: what it is, for a message, and how to do it on either server. */
export interface Operation {
  readonly name: string;
  run(documents: Collection<SmallDocument>): Promise<unknown>;
}

const ids = fc.integer({ min: 1, max: 5 });
const numbers = fc.integer({ min: -2, max: 3 });
const words = fc.constantFrom('a', 'b', 'c');
const scalars = fc.oneof(numbers, words, fc.constant(null), fc.boolean());
const present = fc.oneof(numbers, words, fc.boolean());
const lists = fc.array(numbers, { maxLength: 3 });
const fields = fc.record(
  { n: numbers, k: words, list: lists, deep: fc.record({ x: scalars }) },
  { requiredKeys: [] },
);

const comparison = fc.oneof(
  scalars,
  fc.record({ $gt: numbers }),
  fc.record({ $lte: numbers }),
  fc.record({ $ne: scalars }),
  // Not null: with a sparse index the other server does not find what lacks the field.
  fc.record({ $in: fc.array(present, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
);
const condition = fc.oneof(
  fc.record({ _id: ids }),
  fc.record({ n: comparison }),
  fc.record({ k: comparison }),
  fc.record({ list: comparison }),
  fc.record({ 'deep.x': comparison }),
);
const filters = fc.oneof(
  fc.constant({}),
  condition,
  fc.tuple(condition, condition).map(([one, other]) => ({ $or: [one, other] })),
  fc.tuple(condition, condition).map(([one, other]) => ({ $and: [one, other] })),
);

/** Without a list, and without a null where a number goes: the other server takes those for a field to fill. */
const upsertFilters = fc.oneof(
  fc.constant({}),
  fc.record({ n: fc.oneof(numbers, fc.record({ $gt: numbers })) }),
  fc.record({ k: comparison }),
  fc.record({ 'deep.x': comparison }),
);

const changes = fc.oneof(
  fc.record({
    $set: fc.oneof(fc.record({ n: numbers }), fc.record({ k: words }), fc.record({ 'deep.x': scalars })),
  }),
  fc.record({ $inc: fc.oneof(fc.record({ n: numbers }), fc.record({ k: numbers })) }),
  fc.record({ $unset: fc.constantFrom({ n: '' }, { 'deep.x': '' }, { list: '' }) }),
  fc.record({ $push: fc.record({ list: numbers }) }),
  fc.record({ $addToSet: fc.record({ list: numbers }) }),
  fc.record({ $pull: fc.record({ list: numbers }) }),
  fc.record({ $pop: fc.constantFrom({ list: 1 }, { list: -1 }) }),
  fc.record({ $min: fc.record({ n: numbers }) }),
  fc.record({ $max: fc.record({ n: numbers }) }),
  fc.record({ $mul: fc.record({ n: numbers }) }),
  fc.record({ $set: fc.record({ k: words }), $setOnInsert: fc.record({ n: numbers }) }),
);

const inserts = fc.tuple(ids, fields).map(([_id, rest]) => ({ _id, ...rest }));
/** Ends in the one field that no two documents share. */
const sorts = fc
  .constantFrom({}, { n: 1 }, { k: -1 }, { 'deep.x': 1 }, { k: 1, n: -1 })
  .map((sort) => ({ ...sort, _id: 1 as const }));
const projections = fc.constantFrom(
  {},
  { n: 1 },
  { _id: 0, k: 1 },
  { 'deep.x': 1 },
  { list: 0 },
  { 'deep.x': 0 },
);

function describeCall(name: string, ...given: readonly unknown[]): string {
  return `${name}(${given.map((value) => JSON.stringify(value)).join(', ')})`;
}

const writes: fc.Arbitrary<Operation> = fc.oneof(
  inserts.map((document) => ({
    name: describeCall('insertOne', document),
    run: (documents: Collection<SmallDocument>) => documents.insertOne({ ...document }),
  })),
  fc.tuple(fc.array(inserts, { minLength: 1, maxLength: 4 }), fc.boolean()).map(([list, ordered]) => ({
    name: describeCall('bulkWrite', list, ordered),
    run: (documents: Collection<SmallDocument>) => {
      const steps: AnyBulkWriteOperation<SmallDocument>[] = list.map((document) => ({
        insertOne: { document: { ...document } },
      }));
      return documents.bulkWrite(steps, { ordered });
    },
  })),
  fc.tuple(upsertFilters, changes, fc.boolean()).map(([filter, change, upsert]) => ({
    name: describeCall('updateOne', { _id: 3, ...filter }, change, upsert),
    // Which of several documents is changed is nobody's promise, so the filter names one.
    run: (documents: Collection<SmallDocument>) =>
      documents.updateOne({ _id: 3, ...filter } as object, change as object, { upsert }),
  })),
  fc.tuple(filters, changes).map(([filter, change]) => ({
    name: describeCall('updateMany', filter, change),
    run: (documents: Collection<SmallDocument>) => documents.updateMany(filter as object, change as object),
  })),
  fc.tuple(ids, fields, fc.boolean()).map(([_id, document, upsert]) => ({
    name: describeCall('replaceOne', { _id }, document, upsert),
    run: (documents: Collection<SmallDocument>) => documents.replaceOne({ _id }, { ...document }, { upsert }),
  })),
  fc.tuple(filters, changes, sorts, fc.boolean()).map(([filter, change, sort, isAfter]) => ({
    name: describeCall('findOneAndUpdate', filter, change, sort, isAfter),
    run: (documents: Collection<SmallDocument>) =>
      documents.findOneAndUpdate(filter as object, change as object, {
        sort,
        returnDocument: isAfter ? 'after' : 'before',
      }),
  })),
  fc.tuple(filters, sorts).map(([filter, sort]) => ({
    name: describeCall('findOneAndDelete', filter, sort),
    run: (documents: Collection<SmallDocument>) => documents.findOneAndDelete(filter as object, { sort }),
  })),
  filters.map((filter) => ({
    name: describeCall('deleteMany', filter),
    run: (documents: Collection<SmallDocument>) => documents.deleteMany(filter as object),
  })),
);

const reads: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .tuple(filters, sorts, projections, fc.nat(2), fc.nat(3))
    .map(([filter, sort, projection, skip, limit]) => ({
      name: describeCall('find', filter, sort, projection, skip, limit),
      run: (documents: Collection<SmallDocument>) =>
        documents
          .find(filter as object, { projection })
          .sort(sort)
          .skip(skip)
          .limit(limit)
          .toArray(),
    })),
  fc.constantFrom(1 as const, -1 as const).map((direction) => ({
    name: describeCall('find by list', direction),
    // Two empty lists are not equal to the other server.
    run: (documents: Collection<SmallDocument>) =>
      documents
        .find({ 'list.0': { $exists: true } })
        .sort({ list: direction, _id: 1 })
        .toArray(),
  })),
  filters.map((filter) => ({
    name: describeCall('countDocuments', filter),
    run: (documents: Collection<SmallDocument>) => documents.countDocuments(filter as object),
  })),
  filters.map((filter) => ({
    name: describeCall('aggregate', filter),
    run: (documents: Collection<SmallDocument>) =>
      documents
        .aggregate([
          { $match: filter },
          { $group: { _id: '$k', sum: { $sum: '$n' }, most: { $max: '$n' }, count: { $sum: 1 } } },
          { $sort: { _id: 1 } },
        ])
        .toArray(),
  })),
);

/** Some operations in a row, with a unique index or without; each is followed by a look at everything. */
export const operationRuns: fc.Arbitrary<{
  readonly unique: 'none' | 'k' | 'n sparse';
  readonly operations: readonly Operation[];
}> = fc.record({
  unique: fc.constantFrom('none', 'k', 'n sparse'),
  operations: fc.array(fc.oneof({ weight: 3, arbitrary: writes }, { weight: 1, arbitrary: reads }), {
    minLength: 3,
    maxLength: 14,
  }),
});
