import { type BsonDocument, isDocument, valueAt } from './bson-document.ts';
import { CommandError } from './command-error.ts';

const OPERATORS = new Set([
  '$set',
  '$setOnInsert',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$push',
  '$addToSet',
  '$pop',
  '$pull',
  '$pullAll',
  '$bit',
  '$currentDate',
]);
const ARRAY_OPERATORS = new Set(['$push', '$addToSet', '$pop', '$pull', '$pullAll']);
const REMOVERS = new Set(['$unset', '$pull', '$pullAll', '$pop']);
const NUMBER_OPERATORS = new Set(['$inc', '$mul', '$bit']);

/** Refuses operators that the server does not know, and paths that would be written twice. */
export function checkOperators(change: BsonDocument): void {
  for (const [operator, fields] of Object.entries(change)) {
    if (!OPERATORS.has(operator)) {
      throw new CommandError(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update`,
      );
    }
    if (!isDocument(fields)) {
      throw new CommandError(9, `Modifiers operate on fields but we found another type for ${operator}`);
    }
  }
  checkConflicts(Object.values(change).flatMap((fields) => Object.keys(fieldsOf(fields))));
}

function checkConflicts(paths: readonly string[]): void {
  for (const [index, path] of paths.entries()) {
    const other = paths.slice(index + 1).find((next) => overlaps(path, next));
    if (other !== undefined) {
      throw new CommandError(40, `Updating the path '${other}' would create a conflict at '${path}'`);
    }
  }
}

function overlaps(one: string, other: string): boolean {
  return one === other || other.startsWith(`${one}.`) || one.startsWith(`${other}.`);
}

/** mingo leaves alone what it cannot change; the server says so. */
export function checkTarget(
  document: BsonDocument,
  operator: string,
  { path, operand }: { readonly path: string; readonly operand: unknown },
): void {
  if (path === '_id' || path.startsWith('_id.')) throw immutableId();
  if (path.split('.').includes('')) {
    throw new CommandError(
      56,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  if (path.includes('$')) return;
  if (!REMOVERS.has(operator)) checkViable(document, path);
  const value = valueAt(document, path);
  if (NUMBER_OPERATORS.has(operator))
    checkNumbers(operator, path, [value === undefined ? 0 : value, operand]);
  if (ARRAY_OPERATORS.has(operator) && value !== undefined && !Array.isArray(value)) {
    throw new CommandError(operator === '$pop' ? 14 : 2, `The field '${path}' must be an array but is not`);
  }
}

function checkNumbers(operator: string, path: string, [value, operand]: readonly [unknown, unknown]): void {
  if (typeof value !== 'number') {
    throw new CommandError(14, `Cannot apply ${operator} to a value of non-numeric type: ${path}`);
  }
  if (operator !== '$bit' && typeof operand !== 'number') {
    throw new CommandError(14, `Cannot apply ${operator} with a non-numeric argument: ${path}`);
  }
}

function checkViable(document: BsonDocument, path: string): void {
  const fields = path.split('.');
  for (let depth = 1; depth < fields.length; depth += 1) {
    const parent = valueAt(document, fields.slice(0, depth).join('.'));
    if (parent === undefined) return;
    const field = fields[depth] ?? '';
    if (isDocument(parent) || (Array.isArray(parent) && /^\d+$/.test(field))) continue;
    throw new CommandError(28, `Cannot create field '${field}' in element {${fields[depth - 1]}}`);
  }
}

/** `_id` never changes. */
export function immutableId(): CommandError {
  return new CommandError(
    66,
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

/** The fields under an operator; none when it has no document. */
export function fieldsOf(value: unknown): BsonDocument {
  return isDocument(value) ? value : {};
}
