import { isJsonObject } from '@jamie/core';
/** A check of one value: what is wrong with it, in Slack's own words, each with a JSON pointer. Empty: nothing. */
export type Check = (value: unknown, at: string) => readonly string[];

interface Member {
  readonly check: Check;
  readonly isRequired: boolean;
}

/** One problem as Slack writes it. */
export function problem(text: string, at: string): string {
  return `[ERROR] ${text} [json-pointer:${at}]`;
}

export function required(check: Check): Member {
  return { check, isRequired: true };
}

export function optional(check: Check): Member {
  return { check, isRequired: false };
}

/** An object with these members and no others, which also passes the other checks. */
export function shape(members: Readonly<Record<string, Member>>, ...others: readonly Check[]): Check {
  return (value, at) => {
    if (!isJsonObject(value)) return [problem('must provide an object', at)];
    const extra = Object.keys(value)
      .filter((key) => value[key] !== undefined && !Object.hasOwn(members, key))
      .map((key) => problem(`invalid additional property: ${key}`, at));
    const wrong = Object.entries(members).flatMap(([key, member]) => {
      if (value[key] !== undefined) return member.check(value[key], `${at}/${key}`);
      return member.isRequired ? [problem(`missing required field: ${key}`, at)] : [];
    });
    return [...extra, ...wrong, ...others.flatMap((check) => check(value, at))];
  };
}

/** Chooses the check by the value's type; a type that is not listed is refused. */
export function typed(checks: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    if (!isJsonObject(value)) return [problem('must be an object', at)];
    const type = String(value['type']);
    const check = Object.hasOwn(checks, type) ? checks[type] : undefined;
    return check === undefined ? [problem(`unsupported type: ${type}`, `${at}/type`)] : check(value, at);
  };
}

export function list(check: Check, maximum: number, minimum = 1): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return [problem('must be an array', at)];
    if (value.length < minimum) return [problem(`must have at least ${minimum} item`, at)];
    const tooMany = value.length > maximum ? [problem(`no more than ${maximum} items allowed`, at)] : [];
    return [...tooMany, ...value.flatMap((item, index) => check(item, `${at}/${index}`))];
  };
}

/** Text of at least one character and at most so many. */
export function words(maximum: number, minimum = 1): Check {
  return (value, at) => {
    if (typeof value !== 'string') return [problem('must be a string', at)];
    if (value.length < minimum) return [problem(`must be more than ${minimum - 1} characters`, at)];
    return value.length > maximum ? [problem(`must be less than ${maximum + 1} characters`, at)] : [];
  };
}

export function matching(pattern: RegExp, what: string): Check {
  return (value, at) =>
    typeof value === 'string' && pattern.test(value) ? [] : [problem(`must be ${what}`, at)];
}

export function oneOf(...choices: readonly string[]): Check {
  return (value, at) => (choices.includes(String(value)) ? [] : [problem('must be a valid enum value', at)]);
}

export function number(minimum: number, maximum: number): Check {
  return (value, at) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return [problem('must be a number', at)];
    if (value < minimum) return [problem(`must be greater than or equal to ${minimum}`, at)];
    return value > maximum ? [problem(`must be less than or equal to ${maximum}`, at)] : [];
  };
}

export const flag: Check = (value, at) =>
  typeof value === 'boolean' ? [] : [problem('must be a boolean', at)];

/** The value's type, which the caller has looked at already. */
export const type: Member = { check: () => [], isRequired: true };
