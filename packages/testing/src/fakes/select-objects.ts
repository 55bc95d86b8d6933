import { type KubeObject, type ListQuery, OpsError, readJsonPointer } from '@jamie/core';

type Labels = Readonly<Record<string, string>>;
type Test = (labels: Labels) => boolean;

const TERM = /^(!?)([\w./-]+)\s*(?:(==|=|!=)\s*([\w.-]*)|(in|notin)\s*\(([^)]*)\))?$/;

/** The test of a list query. Throws `invalid_input` for a label selector that is none. */
export function selectorOf(query: ListQuery): (object: KubeObject) => boolean {
  const tests = splitTerms(query.labelSelector ?? '').map(parseTerm);
  const fields = splitTerms(query.fieldSelector ?? '').map((term) => term.split(/==?/));
  return (object) =>
    (query.namespace === undefined || object.metadata.namespace === query.namespace) &&
    tests.every((test) => test(object.metadata.labels ?? {})) &&
    fields.every(([path = '', value = '']) => fieldOf(object, path) === value);
}

function splitTerms(text: string): readonly string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

function parseTerm(term: string): Test {
  const [, not = '', key, operator, value = '', set, list = ''] = TERM.exec(term) ?? [];
  if (key === undefined)
    throw new OpsError('invalid_input', 'the label selector is not valid', { details: { term } });
  const values = list.split(',').map((item) => item.trim());
  if (set !== undefined) return (labels) => values.includes(labels[key] ?? '') === (set === 'in');
  if (operator === undefined) return (labels) => Object.hasOwn(labels, key) === (not === '');
  return (labels) => (labels[key] === value) === (operator !== '!=');
}

function fieldOf(object: KubeObject, path: string): string {
  return String(readJsonPointer(object, `/${path.replaceAll('.', '/')}`) ?? '');
}
