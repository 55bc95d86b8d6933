import { readJsonPointer } from '@jamie/core';
import type { StoredObject } from '../objects.ts';

/** A parsed field selector, or why it is refused, in the API server's words. */
export type ParsedFieldSelector =
  | { readonly kind: 'selector'; readonly matches: (object: StoredObject) => boolean }
  | { readonly kind: 'unparsable'; readonly message: string };

const COMMON = ['metadata.name', 'metadata.namespace'];
const BY_PLURAL: Readonly<Record<string, readonly string[]>> = {
  pods: ['status.phase', 'status.podIP', 'spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName'],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.fieldPath',
    'reason',
    'type',
    'reportingComponent',
    'source',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  replicasets: ['status.replicas'],
};

/** Parses equality requirements over the fields that the resource supports. An empty text selects everything. */
export function parseFieldSelector(text: string, plural: string): ParsedFieldSelector {
  const supported = [...COMMON, ...(BY_PLURAL[plural] ?? [])];
  const tests: ((object: StoredObject) => boolean)[] = [];
  for (const part of text.split(',').filter((item) => item !== '')) {
    const [, field = '', operator, value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? [];
    if (operator === undefined) {
      return {
        kind: 'unparsable',
        message: `invalid selector: '${part}'; can't understand '${part}'`,
      };
    }
    if (!supported.includes(field)) {
      return { kind: 'unparsable', message: unknownField(field, plural) };
    }
    tests.push((object) => (fieldOf(object, field) === value) === (operator !== '!='));
  }
  return { kind: 'selector', matches: (object) => tests.every((test) => test(object)) };
}

/** Resources with fields of their own refuse in other words than those that have the common ones only. */
function unknownField(field: string, plural: string): string {
  if (BY_PLURAL[plural] !== undefined) return `field label not supported: ${field}`;
  const known = COMMON.map((name) => JSON.stringify(name)).join(', ');
  return `${JSON.stringify(field)} is not a known field selector: only ${known}`;
}

function fieldOf(object: StoredObject, field: string): string {
  const path = field === 'source' ? '/source/component' : `/${field.replaceAll('.', '/')}`;
  const value = readJsonPointer(object, path);
  if (value === undefined || value === null) return field === 'spec.unschedulable' ? 'false' : '';
  return String(value);
}
