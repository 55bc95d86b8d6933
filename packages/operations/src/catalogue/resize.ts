import type { EditableField, JsonObject, KubeObject, OperationOf, OpsError } from '@jamie/core';
import { isOpsError } from '@jamie/core';
import { type CompileRefusal, compiledStep, draftOfWrite, refuseCompile } from '../planning/step-draft.ts';
import type { Surroundings } from '../planning/surroundings.ts';
import type { OperationDefinition } from './operation-definition.ts';
import { controllerOf } from './pod-facts.ts';
import { quantityOf } from './quantity.ts';
import { whyNothingRuns } from './resize-bounds.ts';
import { type FoundContainer, findContainer } from './template-container.ts';
import {
  fieldsHold,
  replacesPods,
  templateConditions,
  touchesNoPod,
  whyNotRolling,
} from './workload-facts.ts';

/** As operationRequestSchema has it. */
const MAX_QUANTITY_LENGTH = 20;

type Resize = OperationOf<'resize'>;
type Target = Resize['target'];

/** The parameters as people edit them: where each stands in the operation. */
const AMOUNTS = [
  { name: 'cpu', label: 'CPU request', of: 'requests', resource: 'cpu' },
  { name: 'memory', label: 'Memory request', of: 'requests', resource: 'memory' },
  { name: 'limit-cpu', label: 'CPU limit', of: 'limits', resource: 'cpu' },
  { name: 'limit-memory', label: 'Memory limit', of: 'limits', resource: 'memory' },
] as const;

/** Changes what a container asks for and may use: of a workload in its template, of a pod in place. */
export const resize: OperationDefinition<Resize> = {
  async compile(operation, surroundings) {
    const { target } = operation;
    const live = await surroundings.get(target);
    const podSpec = target.kind === 'Pod' ? '/spec' : '/spec/template/spec';
    const found = findContainer(live, podSpec, operation.container);
    if (found.kind === 'refused') return found;
    const values = changedAmounts(operation, found);
    const refusal = refuseAmounts(operation, found, values) ?? refuseIdle(operation, surroundings);
    if (refusal !== undefined) return refusal;
    const title = `Resize container ${found.name} of ${target.kind} ${target.name}: ${describe(operation, found)}`;
    const alsoPinned = [`${found.pointer}/name`, `${found.pointer}/resources`];
    return target.kind === 'Pod'
      ? compilePod({ target, live, title, values, alsoPinned }, surroundings)
      : compileWorkload({ target, live, title, values, alsoPinned }, surroundings);
  },

  fields: ({ requests = {}, limits = {} }) =>
    AMOUNTS.flatMap(({ name, label, of, resource }): readonly EditableField[] => {
      const value = (of === 'requests' ? requests : limits)[resource];
      if (value === undefined) return [];
      const hint = 'A quantity such as 250m or 512Mi.';
      return [{ name, label, kind: 'text', value, maximumLength: MAX_QUANTITY_LENGTH, hint }];
    }),

  edit: ({ requests, limits, ...operation }, values) => {
    const edited = (of: 'requests' | 'limits', before: Resize['requests'] = {}) =>
      Object.fromEntries(
        AMOUNTS.filter((each) => each.of === of)
          .map(({ name, resource }) => [resource, values[name] ?? before[resource]] as const)
          .filter(([, amount]) => amount !== undefined),
      );
    return { ...operation, requests: edited('requests', requests), limits: edited('limits', limits) };
  },
};

function changedAmounts(operation: Resize, { pointer, container }: FoundContainer): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { of, resource } of AMOUNTS) {
    const wanted = operation[of]?.[resource];
    if (wanted === undefined || isSameAmount(wanted, amountOf(container, of, resource))) continue;
    values[`${pointer}/resources/${of}/${resource}`] = wanted;
  }
  return values;
}

function refuseAmounts(
  operation: Resize,
  found: FoundContainer,
  values: Readonly<Record<string, string>>,
): CompileRefusal | undefined {
  const asked = [operation.requests, operation.limits].flatMap((amounts) => Object.values(amounts ?? {}));
  if (asked.length === 0)
    return refuseCompile('not_applicable', 'Say how much: --cpu, --memory, --limit-cpu or --limit-memory.');
  if (Object.keys(values).length === 0)
    return refuseCompile(
      'no_change',
      `Container ${found.name} has these amounts already. Nothing to change.`,
    );
  for (const resource of ['cpu', 'memory'] as const) {
    const request = operation.requests?.[resource] ?? amountOf(found.container, 'requests', resource);
    const limit = operation.limits?.[resource] ?? amountOf(found.container, 'limits', resource);
    if ((quantityOf(request) ?? 0) <= (quantityOf(limit) ?? Number.POSITIVE_INFINITY)) continue;
    const message = `The ${resource} request ${String(request)} would be more than the limit ${String(limit)}. Change both.`;
    return refuseCompile('not_applicable', message);
  }
  return undefined;
}

function refuseIdle(
  { requests = {}, limits = {} }: Resize,
  { snapshot }: Surroundings,
): CompileRefusal | undefined {
  const problem = whyNothingRuns(requests, limits, snapshot);
  return problem === undefined ? undefined : refuseCompile('not_applicable', problem);
}

interface Write {
  readonly target: Target;
  readonly live: KubeObject;
  readonly title: string;
  readonly values: Readonly<Record<string, string>>;
  readonly alsoPinned: readonly string[];
}

function compileWorkload({ target, live, title, values, alsoPinned }: Write, { timing }: Surroundings) {
  if (target.kind === 'Pod') return refuseCompile('not_applicable', 'A pod is resized in place.');
  const workload = { ...target, kind: target.kind };
  const write = { target, summary: title, values, alsoPinned: [...alsoPinned, '/spec/paused'] };
  const facts = replacesPods('resize', target, live);
  const stays = whyNotRolling(live);
  const step = draftOfWrite(live, write, facts, templateConditions(workload, live, timing));
  return compiledStep(title, step, stays === undefined ? [] : [stays]);
}

function compilePod({ target, live, title, values, alsoPinned }: Write, { timing }: Surroundings) {
  const write = { target, subresource: 'resize' as const, summary: title, values, alsoPinned };
  const facts = { ...touchesNoPod('resize', target), podLabels: live.metadata.labels ?? {} };
  const owner = controllerOf(live);
  const step = draftOfWrite(live, write, facts, fieldsHold(target, timing));
  const warnings =
    owner === undefined
      ? []
      : [`Only this pod changes: ${owner.kind} ${owner.name} makes the next one from its template.`];
  return compiledStep(title, { ...step, explain: (error) => explainPod(error, target) }, warnings);
}

/** A cluster before Kubernetes 1.33 has no such subresource, and says that it was not found. */
function explainPod(error: OpsError, { name }: Target): string | undefined {
  if (!isOpsError(error, 'not_found')) return undefined;
  return `This cluster cannot resize Pod ${name} in place. Resize its Deployment, StatefulSet or DaemonSet instead; its pods are then replaced.`;
}

function describe(operation: Resize, { container }: FoundContainer): string {
  return AMOUNTS.flatMap(({ label, of, resource }) => {
    const wanted = operation[of]?.[resource];
    const before = amountOf(container, of, resource);
    if (wanted === undefined || isSameAmount(wanted, before)) return [];
    return [
      `${label.toLowerCase().replace('cpu', 'CPU')} ${before === undefined ? 'none' : String(before)} → ${wanted}`,
    ];
  }).join(', ');
}

function amountOf(container: JsonObject, of: 'requests' | 'limits', resource: string): unknown {
  const resources = (container['resources'] ?? {}) as { readonly [key: string]: JsonObject | undefined };
  return resources[of]?.[resource];
}

function isSameAmount(wanted: string, before: unknown): boolean {
  return wanted === before || (before !== undefined && quantityOf(wanted) === quantityOf(before));
}
