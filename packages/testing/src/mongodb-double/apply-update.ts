import { updateOne } from 'mingo';
import type { PipelineStage } from 'mingo/updater';
import { type BsonDocument, copyValue, isDocument, setValueAt, valueAt } from './bson-document.ts';
import { checkOperators, checkTarget, fieldsOf, immutableId } from './check-update.ts';
import { CommandError } from './command-error.ts';
import { filterEqualities } from './filter-equalities.ts';
import { asCommandError } from './match-documents.ts';
import { valueKey } from './value-key.ts';

/** How an update statement changes a document: a whole new one, operators, or a pipeline. */
export interface UpdateSpec {
  readonly filter: BsonDocument;
  readonly change: unknown;
  readonly arrayFilters: readonly BsonDocument[];
  /** Values for the `$$name` of a pipeline. */
  readonly variables: BsonDocument | undefined;
  readonly now: Date;
}

const PIPELINE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/**
 * The document after the update; the one given stays as it is.
 * @throws CommandError with the server's code when the update is not valid, or not for this document.
 */
export function applyUpdate(document: BsonDocument, spec: UpdateSpec): BsonDocument {
  const { change } = spec;
  if (Array.isArray(change)) return keepId(document, applyPipeline(document, spec, change));
  if (!isDocument(change)) throw new CommandError(9, 'an update must be a document or a pipeline');
  if (isReplacement(change)) return keepId(document, { _id: document['_id'], ...copyValue(change) });
  const { $setOnInsert, ...operators } = change;
  checkOperators(change);
  return applyOperators(document, operators, spec);
}

/** The document that an upsert inserts, without `_id` when neither filter nor update has one. */
export function buildUpsert(spec: UpdateSpec): BsonDocument {
  const seed = filterEqualities(spec.filter);
  const { change } = spec;
  if (Array.isArray(change)) return applyPipeline(seed, spec, change);
  if (!isDocument(change)) throw new CommandError(9, 'an update must be a document or a pipeline');
  if (isReplacement(change)) {
    return { ...(seed['_id'] !== undefined && { _id: seed['_id'] }), ...copyValue(change) };
  }
  checkOperators(change);
  const { $setOnInsert, ...operators } = change;
  const set = { ...fieldsOf(operators['$set']), ...fieldsOf($setOnInsert) };
  const { _id: id = seed['_id'], ...rest } = set;
  if (seed['_id'] !== undefined && valueKey(id) !== valueKey(seed['_id'])) throw immutableId();
  const withoutId = { ...seed };
  if (id !== undefined) withoutId['_id'] = id;
  const { $set, ...others } = operators;
  return applyOperators(withoutId, { ...others, ...(Object.keys(rest).length > 0 && { $set: rest }) }, spec);
}

/** Whether this is a whole new document: no operator at its front. */
export function isReplacement(change: BsonDocument): boolean {
  return !Object.keys(change).some((field) => field.startsWith('$'));
}

function applyOperators(document: BsonDocument, operators: BsonDocument, spec: UpdateSpec): BsonDocument {
  const given = withoutSameId(document, withDates(operators, spec.now));
  if (Object.keys(given).length === 0) return document;
  for (const [operator, fields] of Object.entries(given)) {
    for (const [path, operand] of Object.entries(fieldsOf(fields)))
      checkTarget(document, operator, { path, operand });
  }
  const copy = copyValue(document);
  return applyWithMingo(copy, applyPlainFields(copy, given), spec);
}

/**
 * Applies what mingo would do wrong, and gives back the rest: it takes two pieces of binary data for equal that are
 * not, and drops repeated elements of a set that were there before.
 */
function applyPlainFields(document: BsonDocument, operators: BsonDocument): BsonDocument {
  const rest: BsonDocument = { ...operators, $set: {}, $addToSet: {} };
  for (const [path, value] of Object.entries(fieldsOf(operators['$set']))) {
    if (path.includes('$')) rest['$set'] = { ...fieldsOf(rest['$set']), [path]: value };
    else setValueAt(document, path, copyValue(value));
  }
  for (const [path, value] of Object.entries(fieldsOf(operators['$addToSet']))) {
    if (path.includes('$')) {
      throw new CommandError(238, 'this server implements $addToSet for plain paths only');
    }
    addToSet(document, path, isDocument(value) && Array.isArray(value['$each']) ? value['$each'] : [value]);
  }
  return Object.fromEntries(
    Object.entries(rest).filter(([, fields]) => Object.keys(fieldsOf(fields)).length > 0),
  );
}

function addToSet(document: BsonDocument, path: string, added: readonly unknown[]): void {
  const before = valueAt(document, path);
  const list: unknown[] = Array.isArray(before) ? before : [];
  const known = new Set(list.map(valueKey));
  for (const element of added) {
    if (!known.has(valueKey(element))) list.push(copyValue(element));
    known.add(valueKey(element));
  }
  setValueAt(document, path, list);
}

function applyWithMingo(document: BsonDocument, operators: BsonDocument, spec: UpdateSpec): BsonDocument {
  if (Object.keys(operators).length === 0) return document;
  const copies = [document];
  const isPositional = Object.values(operators).some((fields) =>
    Object.keys(fieldsOf(fields)).some((path) => path.split('.').includes('$')),
  );
  // mingo changes nothing for a filter that no longer matches, and the operator `$` needs none but its own field.
  asCommandError(() =>
    updateOne(copies, isPositional ? spec.filter : {}, operators, {
      arrayFilters: [...spec.arrayFilters],
      cloneMode: 'deep',
    }),
  );
  const after = copies[0] ?? document;
  for (const path of Object.keys(fieldsOf(operators['$mul']))) {
    // Whole numbers know no negative zero.
    if (Object.is(valueAt(after, path), -0)) setValueAt(after, path, 0);
  }
  return after;
}

function applyPipeline(document: BsonDocument, spec: UpdateSpec, stages: readonly unknown[]): BsonDocument {
  for (const stage of stages) {
    const [name = '(none)'] = isDocument(stage) ? Object.keys(stage) : [];
    if (!PIPELINE_STAGES.has(name)) {
      throw new CommandError(40324, `Unrecognized pipeline stage name for an update: '${name}'`);
    }
  }
  const copies = [copyValue(document)];
  // Checked above: every stage is one that mingo takes.
  const pipeline = replaceNow(stages, spec.now) as PipelineStage[];
  asCommandError(() => updateOne(copies, {}, pipeline, { let: spec.variables ?? {} }));
  return copies[0] ?? document;
}

/** mingo would look at the clock of the machine. */
export function replaceNow(value: unknown, now: Date): unknown {
  if (value === '$$NOW') return now;
  if (Array.isArray(value)) return value.map((element) => replaceNow(element, now));
  if (!isDocument(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, replaceNow(inner, now)]));
}

function withDates(operators: BsonDocument, now: Date): BsonDocument {
  const { $currentDate, ...rest } = operators;
  if ($currentDate === undefined) return operators;
  const dates: BsonDocument = {};
  for (const [path, kind] of Object.entries(fieldsOf($currentDate))) {
    const isDate = kind === true || (isDocument(kind) && kind['$type'] === 'date');
    if (!isDate) throw new CommandError(238, 'this server implements $currentDate for dates only');
    dates[path] = now;
  }
  return { ...rest, $set: { ...fieldsOf(rest['$set']), ...dates } };
}

/** Setting `_id` to what it is changes nothing, and the server allows it. */
function withoutSameId(document: BsonDocument, operators: BsonDocument): BsonDocument {
  const set = operators['$set'];
  if (!isDocument(set) || !('_id' in set)) return operators;
  const { _id: id, ...rest } = set;
  if (valueKey(id) !== valueKey(document['_id'])) throw immutableId();
  const { $set, ...others } = operators;
  return Object.keys(rest).length === 0 ? others : { ...others, $set: rest };
}

function keepId(before: BsonDocument, after: BsonDocument): BsonDocument {
  if (valueKey(after['_id']) !== valueKey(before['_id'])) throw immutableId();
  return after;
}
