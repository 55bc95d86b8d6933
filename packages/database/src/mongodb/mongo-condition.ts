import { OpsError } from '@jamie/core';

/** What a field is searched by. Never an object: one that came from outside could be an operator (CVE-2026-48121). */
export type MongoScalar = string | number | boolean | null;

type Operand = MongoScalar | readonly MongoScalar[];

/** A comparison other than equality. Made by the functions below alone, so that no parsed JSON can pass for one. */
export class MongoComparison {
  readonly operator: '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$ne' | '$regex';
  readonly operand: Operand;

  constructor(operator: MongoComparison['operator'], operand: Operand) {
    this.operator = operator;
    this.operand = operand;
  }
}

/** Every field must be as its condition says. Field names are constants of ours. */
export type MongoConditions = Readonly<Record<string, MongoScalar | MongoComparison | undefined>>;

export function above(value: number | string): MongoComparison {
  return new MongoComparison('$gt', value);
}

export function atLeast(value: number): MongoComparison {
  return new MongoComparison('$gte', value);
}

export function below(value: number | string): MongoComparison {
  return new MongoComparison('$lt', value);
}

export function atMost(value: number): MongoComparison {
  return new MongoComparison('$lte', value);
}

export function otherThan(value: MongoScalar): MongoComparison {
  return new MongoComparison('$ne', value);
}

export function oneOf(values: readonly (string | number)[]): MongoComparison {
  return new MongoComparison('$in', values);
}

/** A text that begins with one of these, taken literally. */
export function beginsWithOneOf(prefixes: readonly string[]): MongoComparison {
  const literals = prefixes.map((prefix) => String(prefix).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  // With no prefix nothing matches; an empty group would match everything.
  return literals.length === 0 ? oneOf([]) : new MongoComparison('$regex', `^(?:${literals.join('|')})`);
}

/**
 * The filter in MongoDB's language; a condition that is undefined is left out. Throws invalid_input for a value that is
 * neither text, number, boolean nor null, whatever its type was said to be.
 */
export function toFilter(conditions: MongoConditions): Record<string, unknown> {
  const filter: Record<string, unknown> = {};
  for (const [field, condition] of Object.entries(conditions)) {
    if (condition === undefined) continue;
    filter[field] =
      condition instanceof MongoComparison
        ? { [condition.operator]: requireOperand(field, condition) }
        : { $eq: requireScalar(field, condition) };
  }
  return filter;
}

function requireOperand(field: string, { operator, operand }: MongoComparison): unknown {
  if (operator !== '$in') return requireScalar(field, operand);
  return Array.isArray(operand) ? operand.map((each) => requireScalar(field, each)) : [];
}

function requireScalar(field: string, value: unknown): unknown {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  throw new OpsError('invalid_input', 'a database is searched by plain values only', {
    details: { field, type: typeof value },
  });
}
