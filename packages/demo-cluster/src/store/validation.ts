import { isDeepStrictEqual } from 'node:util';
import { matchesLabelSelector } from '../api/label-selector.ts';
import type { StatusCause } from '../api/status.ts';
import type { Container, LabelSelector, PodSpec, PodTemplate, StoredObject } from '../objects.ts';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/;

type Fields = Readonly<Record<string, unknown>>;
const TEMPLATED = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'];

/** The broken rules of an object, worded as the API server words them. Covers names, replicas, selectors, pods. */
export function validateObject(object: StoredObject, previous?: StoredObject): readonly StatusCause[] {
  const spec = ((object as unknown as Fields)['spec'] ?? {}) as Fields;
  return [
    ...validateName(object),
    ...(TEMPLATED.includes(object.kind) ? validateWorkload(spec) : []),
    ...(object.kind === 'Pod' ? validatePodSpec(spec as unknown as PodSpec, 'spec') : []),
    ...(previous === undefined ? [] : validateUpdate(object, previous)),
  ];
}

/** The rule for a count that must be a whole number and not negative. Absent is allowed: it gets its default. */
export function validateReplicas(replicas: unknown): readonly StatusCause[] {
  if (replicas === undefined || (Number.isInteger(replicas) && Number(replicas) >= 0)) return [];
  return [
    cause(
      'spec.replicas',
      'FieldValueInvalid',
      typeof replicas === 'number'
        ? `Invalid value: ${replicas}: must be greater than or equal to 0`
        : `Invalid value: ${JSON.stringify(replicas)}: must be an integer`,
    ),
  ];
}

function validateName(object: StoredObject): readonly StatusCause[] {
  const { name } = object.metadata;
  if (name === '') {
    return [cause('metadata.name', 'FieldValueRequired', 'Required value: name or generateName is required')];
  }
  if (SUBDOMAIN.test(name) && name.length <= 253) return [];
  return [
    cause('metadata.name', 'FieldValueInvalid', `Invalid value: ${JSON.stringify(name)}: ${SUBDOMAIN_RULE}`),
  ];
}

function validateWorkload(spec: Fields): readonly StatusCause[] {
  const template = (spec['template'] ?? {}) as PodTemplate;
  const causes = [...validateReplicas(spec['replicas'])];
  const selector = spec['selector'] as LabelSelector | undefined;
  if (selector === undefined) causes.push(cause('spec.selector', 'FieldValueRequired', 'Required value'));
  else if (!matchesLabelSelector(selector, template.metadata?.labels)) {
    const labels = JSON.stringify(template.metadata?.labels ?? {});
    causes.push(
      cause(
        'spec.template.metadata.labels',
        'FieldValueInvalid',
        `Invalid value: ${labels}: \`selector\` does not match template \`labels\``,
      ),
    );
  }
  return [...causes, ...validatePodSpec(template.spec, 'spec.template.spec')];
}

function validatePodSpec(spec: PodSpec | undefined, path: string): readonly StatusCause[] {
  const containers = spec?.containers ?? [];
  if (containers.length === 0) {
    return [cause(`${path}.containers`, 'FieldValueRequired', 'Required value')];
  }
  return containers.flatMap((container, index) =>
    validateContainer(container, `${path}.containers[${index}]`),
  );
}

function validateContainer(container: Container, path: string): readonly StatusCause[] {
  const causes: StatusCause[] = [];
  if (!container.name) causes.push(cause(`${path}.name`, 'FieldValueRequired', 'Required value'));
  if (!container.image) causes.push(cause(`${path}.image`, 'FieldValueRequired', 'Required value'));
  for (const part of ['requests', 'limits'] as const) {
    for (const [resource, value] of Object.entries(container.resources?.[part] ?? {})) {
      if (QUANTITY.test(String(value))) continue;
      causes.push(
        cause(
          `${path}.resources.${part}[${resource}]`,
          'FieldValueInvalid',
          `Invalid value: ${JSON.stringify(value)}: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
        ),
      );
    }
  }
  return causes;
}

function validateUpdate(object: StoredObject, previous: StoredObject): readonly StatusCause[] {
  if (!TEMPLATED.includes(object.kind)) return [];
  const now = ((object as unknown as Fields)['spec'] as Fields)['selector'];
  const before = ((previous as unknown as Fields)['spec'] as Fields)['selector'];
  if (isDeepStrictEqual(now, before)) return [];
  return [
    cause('spec.selector', 'FieldValueInvalid', `Invalid value: ${JSON.stringify(now)}: field is immutable`),
  ];
}

function cause(field: string, reason: string, message: string): StatusCause {
  return { reason, message, field };
}
