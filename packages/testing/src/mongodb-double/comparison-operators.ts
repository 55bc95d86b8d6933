import { compareValues, typeRank } from './compare-values.ts';
import { pathValues } from './path-values.ts';
import { valueKey } from './value-key.ts';

type Predicate = (document: unknown) => boolean;

function onValues(path: string, holds: (value: unknown) => boolean): Predicate {
  const fields = path.split('.');
  return (document) => pathValues(document, fields).some(holds);
}

function equals(path: string, operand: unknown): Predicate {
  const key = valueKey(operand);
  return onValues(path, (value) => valueKey(value) === key);
}

function isIn(path: string, operands: unknown): Predicate {
  if (!Array.isArray(operands)) throw new Error('$in needs an array');
  const patterns = operands.filter((operand) => operand instanceof RegExp);
  const keys = new Set(operands.map(valueKey));
  return onValues(
    path,
    (value) =>
      keys.has(valueKey(value)) ||
      (typeof value === 'string' && patterns.some((pattern) => pattern.test(value))),
  );
}

/** Only values of the operand's own type are compared. */
function ordered(path: string, operand: unknown, holds: (order: number) => boolean): Predicate {
  const rank = typeRank(operand);
  return onValues(path, (value) => typeRank(value) === rank && holds(compareValues(value, operand)));
}

function not(predicate: Predicate): Predicate {
  return (document) => !predicate(document);
}

/**
 * The comparisons of filters as the server does them. mingo compares BSON's own classes by their text, which takes
 * different binary data for equal, and does not heed the order of fields.
 */
export const COMPARISONS: Readonly<Record<`$${string}`, (path: string, operand: unknown) => Predicate>> = {
  $eq: equals,
  $ne: (path, operand) => not(equals(path, operand)),
  $in: isIn,
  $nin: (path, operands) => not(isIn(path, operands)),
  $gt: (path, operand) => ordered(path, operand, (order) => order > 0),
  $gte: (path, operand) => ordered(path, operand, (order) => order >= 0),
  $lt: (path, operand) => ordered(path, operand, (order) => order < 0),
  $lte: (path, operand) => ordered(path, operand, (order) => order <= 0),
};
