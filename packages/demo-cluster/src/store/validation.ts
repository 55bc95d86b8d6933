import { isDeepStrictEqual } from 'node:util';
import { matchesLabelSelector } from '../api/label-selector.ts';
import type { StatusCause } from '../api/status.ts';
import { parseSchedule } from '../controllers/cron-schedule.ts';
import type { Container, LabelSelector, PodSpec, PodTemplate, StoredObject } from '../objects.ts';
import { parseQuantity } from '../quantity.ts';

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
    ...(object.kind === 'Job' ? validateJob(spec, 'spec') : []),
    ...(object.kind === 'CronJob' ? validateCronJob(spec) : []),
    ...(object.kind === 'HorizontalPodAutoscaler' ? validateBounds(spec) : []),
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

function validateJob(spec: Fields, path: string): readonly StatusCause[] {
  const { spec: podSpec } = (spec['template'] ?? {}) as Partial<PodTemplate>;
  const place = `${path}.template.spec`;
  const policy = podSpec?.restartPolicy ?? 'Always';
  if (policy !== 'Always') return validatePodSpec(podSpec, place);
  const wanted = 'Required value: valid values: "OnFailure", "Never"';
  return [...validatePodSpec(podSpec, place), cause(`${place}.restartPolicy`, 'FieldValueRequired', wanted)];
}

function validateCronJob(spec: Fields): readonly StatusCause[] {
  const { schedule } = spec;
  const { spec: jobSpec = {} } = (spec['jobTemplate'] ?? {}) as { readonly spec?: Fields };
  const isReadable = typeof schedule === 'string' && parseSchedule(schedule) !== undefined;
  const unreadable = `Invalid value: ${JSON.stringify(schedule ?? '')}: expected exactly 5 fields that this server reads`;
  return [
    ...(isReadable ? [] : [cause('spec.schedule', 'FieldValueInvalid', unreadable)]),
    ...validateJob(jobSpec, 'spec.jobTemplate.spec'),
  ];
}

function validateBounds(spec: Fields): readonly StatusCause[] {
  const { minReplicas, maxReplicas } = spec as {
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
  };
  const path = 'spec.maxReplicas';
  if (maxReplicas === undefined || maxReplicas < 1)
    return [cause(path, 'FieldValueInvalid', `Invalid value: ${maxReplicas ?? 0}: must be greater than 0`)];
  if (minReplicas === undefined || minReplicas <= maxReplicas) return [];
  const why = 'must be greater than or equal to `minReplicas`';
  return [cause(path, 'FieldValueInvalid', `Invalid value: ${maxReplicas}: ${why}`)];
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
  return [...causes, ...validateLimits(container, path)];
}

function validateLimits(container: Container, path: string): readonly StatusCause[] {
  const { requests = {}, limits = {} } = container.resources ?? {};
  return Object.entries(requests).flatMap(([resource, value]) => {
    const limit = limits[resource];
    if (limit === undefined || !QUANTITY.test(String(value)) || !QUANTITY.test(String(limit))) return [];
    if (parseQuantity(String(value)) <= parseQuantity(String(limit))) return [];
    const why = `must be less than or equal to ${resource} limit of ${limit}`;
    const message = `Invalid value: ${JSON.stringify(value)}: ${why}`;
    return [cause(`${path}.resources.requests`, 'FieldValueInvalid', message)];
  });
}

function validateUpdate(object: StoredObject, previous: StoredObject): readonly StatusCause[] {
  if (object.kind === 'Pod') return validatePodUpdate(object, previous);
  if (object.kind === 'Job') return validateJobUpdate(object, previous);
  if (!TEMPLATED.includes(object.kind)) return [];
  const now = ((object as unknown as Fields)['spec'] as Fields)['selector'];
  const before = ((previous as unknown as Fields)['spec'] as Fields)['selector'];
  if (isDeepStrictEqual(now, before)) return [];
  return [
    cause('spec.selector', 'FieldValueInvalid', `Invalid value: ${JSON.stringify(now)}: field is immutable`),
  ];
}

const POD_UPDATE_RULE =
  'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

function validatePodUpdate(object: StoredObject, previous: StoredObject): readonly StatusCause[] {
  if (isDeepStrictEqual(fixedPart(object), fixedPart(previous))) return [];
  return [cause('spec', 'FieldValueForbidden', POD_UPDATE_RULE)];
}

/** What of a pod's spec never changes by an ordinary update. */
function fixedPart(object: StoredObject): unknown {
  const { spec } = object as unknown as { readonly spec: PodSpec };
  const { tolerations: _tolerations, containers, initContainers = [], ...rest } = spec;
  const withoutImage = (list: readonly Container[]): readonly unknown[] =>
    list.map(({ image: _image, ...container }) => container);
  return JSON.parse(
    JSON.stringify({ ...rest, containers: withoutImage(containers), init: withoutImage(initContainers) }),
  );
}

function validateJobUpdate(object: StoredObject, previous: StoredObject): readonly StatusCause[] {
  const specOf = (job: StoredObject): Fields => (job as unknown as { readonly spec: Fields }).spec;
  return ['selector', 'template', 'completions'].flatMap((field) => {
    const [now, before] = [specOf(object)[field], specOf(previous)[field]];
    if (isDeepStrictEqual(now, before)) return [];
    const message = `Invalid value: ${JSON.stringify(now)}: field is immutable`;
    return [cause(`spec.${field}`, 'FieldValueInvalid', message)];
  });
}

function cause(field: string, reason: string, message: string): StatusCause {
  return { reason, message, field };
}
