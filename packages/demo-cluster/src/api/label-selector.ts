import type { LabelSelector } from '../objects.ts';

type Labels = Readonly<Record<string, string>>;
type Requirement = (labels: Labels) => boolean;

/** A parsed selector, or why it cannot be parsed, in the API server's words. */
export type ParsedSelector =
  | { readonly kind: 'selector'; readonly matches: (labels: Labels) => boolean }
  | { readonly kind: 'unparsable'; readonly message: string };

const KEY = '[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?';
const VALUE = '(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?';
const EQUALITY = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*(${VALUE})$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s+\\(([^()]*)\\)$`);
const EXISTS = new RegExp(`^(!?)\\s*(${KEY})$`);

/** Parses equality and set-based requirements, joined by commas. An empty text selects everything. */
export function parseLabelSelector(text: string): ParsedSelector {
  const requirements: Requirement[] = [];
  for (const part of splitOutsideParentheses(text)) {
    const requirement = parseRequirement(part);
    if (requirement === undefined) {
      return { kind: 'unparsable', message: `unable to parse requirement: ${describeFault(part)}` };
    }
    requirements.push(requirement);
  }
  return { kind: 'selector', matches: (labels) => requirements.every((requirement) => requirement(labels)) };
}

/** Whether the labels satisfy a selector object of a workload or a budget. An empty selector matches all. */
export function matchesLabelSelector(selector: LabelSelector, labels: Labels | undefined): boolean {
  const present = labels ?? {};
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => present[key] === value);
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = present[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      if (operator === 'In') return value !== undefined && values.includes(value);
      return value === undefined || !values.includes(value);
    })
  );
}

/** The selector as text, as the scale subresource shows it. */
export function formatLabelSelector(selector: LabelSelector): string {
  const equal = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const expressions = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator.toLowerCase()} (${[...values].sort().join(',')})`;
  });
  return [...equal, ...expressions].sort().join(',');
}

function parseRequirement(part: string): Requirement | undefined {
  const equality = EQUALITY.exec(part);
  if (equality !== null) {
    const [, key = '', operator, value = ''] = equality;
    return operator === '!=' ? (labels) => labels[key] !== value : (labels) => labels[key] === value;
  }
  const set = SET.exec(part);
  if (set !== null) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    const isIn = (labels: Labels): boolean => labels[key] !== undefined && values.includes(labels[key]);
    return operator === 'in' ? isIn : (labels) => !isIn(labels);
  }
  const exists = EXISTS.exec(part);
  if (exists === null) return undefined;
  const [, negation, key = ''] = exists;
  return (labels) => (labels[key] === undefined) === (negation === '!');
}

function splitOutsideParentheses(text: string): readonly string[] {
  if (text.trim() === '') return [];
  return text.split(/,(?![^()]*\))/).map((part) => part.trim());
}

function describeFault(part: string): string {
  const afterOperator = /(==|=|!=)\s*([^A-Za-z0-9\s].*)$/.exec(part)?.[2];
  const token = afterOperator?.charAt(0) ?? part.charAt(0);
  return `found '${token}', expected: identifier`;
}
