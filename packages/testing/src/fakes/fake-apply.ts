import type { JsonObject, JsonValue, KubeObject } from '@jamie/core';
import { isJsonObject } from '@jamie/core';
import type { DraftObject } from './fake-objects.ts';

/** A field of an applied manifest that belongs to another manager, as the writer tells it. */
export interface FakeConflict {
  readonly field: string;
  readonly manager: string;
  readonly message: string;
}

interface ManagedFields {
  readonly manager: string;
  readonly fieldsV1?: JsonObject;
}

interface Applied {
  readonly object: DraftObject;
  readonly conflicts: readonly FakeConflict[];
}

/** Those of an object's metadata that an apply never sets. */
const SERVER_SET = new Set(['apiVersion', 'kind']);

/**
 * Server-side apply in small: members merge, lists of named things merge by name, other lists are replaced, and what
 * the last apply had and this one has not is taken away. A field whose value differs and that another manager's
 * `managedFields` name is a conflict.
 */
export function applyManifest(
  live: KubeObject,
  manifest: JsonObject,
  before: JsonObject | undefined,
): Applied {
  const object = structuredClone(live) as unknown as DraftObject;
  if (before !== undefined) takeAway(object as unknown as JsonObject, before, manifest);
  merge(object as unknown as Members, manifest);
  const managers = (live.metadata as { managedFields?: readonly ManagedFields[] }).managedFields ?? [];
  const conflicts = managers
    .filter(({ manager }) => manager !== 'jamie-scarlet')
    .flatMap(({ manager, fieldsV1 }) =>
      fieldsV1 === undefined
        ? []
        : conflictsIn(manifest, live as unknown as JsonObject, fieldsV1, '').map((field) => ({
            field,
            manager,
            message: `conflict with "${manager}"`,
          })),
    );
  return { object, conflicts };
}

type Members = { [member: string]: JsonValue };

function merge(target: Members, manifest: JsonObject): void {
  for (const [key, value] of Object.entries(manifest)) {
    if (SERVER_SET.has(key)) continue;
    target[key] = merged(target[key], value);
  }
}

function merged(live: JsonValue | undefined, wanted: JsonValue): JsonValue {
  if (isJsonObject(wanted)) {
    const members: Members = isJsonObject(live) ? { ...live } : {};
    for (const [key, value] of Object.entries(wanted)) members[key] = merged(members[key], value);
    return members;
  }
  if (!isNamedList(wanted) || !isNamedList(live)) return structuredClone(wanted);
  return [
    ...live.map((item) => merged(item, wanted.find(({ name }) => name === item['name']) ?? {})),
    ...wanted.filter(({ name }) => !live.some((item) => item['name'] === name)),
  ];
}

function takeAway(target: JsonObject, before: JsonObject, now: JsonObject): void {
  const members = target as Members;
  for (const [key, value] of Object.entries(before)) {
    if (!Object.hasOwn(now, key)) delete members[key];
    else if (isJsonObject(value) && isJsonObject(now[key]) && isJsonObject(members[key]))
      takeAway(members[key], value, now[key]);
    else if (isNamedList(value) && isNamedList(now[key]) && isNamedList(members[key]))
      members[key] = takeItemsAway(members[key], value, now[key]);
  }
}

function takeItemsAway(live: NamedList, before: NamedList, now: NamedList): NamedList {
  const isIn = (list: NamedList, name: JsonValue | undefined) => list.find((item) => item['name'] === name);
  return live
    .filter(({ name }) => isIn(before, name) === undefined || isIn(now, name) !== undefined)
    .map((item) => {
      const [old, wanted] = [isIn(before, item['name']), isIn(now, item['name'])];
      const copy = structuredClone(item);
      if (old !== undefined && wanted !== undefined) takeAway(copy, old, wanted);
      return copy;
    });
}

/** The paths, as the API server writes them, of what differs and is owned. */
function conflictsIn(
  wanted: JsonValue,
  live: JsonValue | undefined,
  owned: JsonObject,
  path: string,
): string[] {
  return Object.entries(owned).flatMap(([field, below]) => {
    const step = stepOf(field);
    if (step === undefined) return [];
    const mine = step.read(wanted);
    if (mine === undefined) return [];
    const theirs = step.read(live);
    const here = `${path}${step.text}`;
    if (isJsonObject(below) && Object.keys(below).some((key) => key !== '.'))
      return conflictsIn(mine, theirs, below, here);
    return JSON.stringify(mine) === JSON.stringify(theirs) ? [] : [here];
  });
}

interface Step {
  readonly text: string;
  read(value: JsonValue | undefined): JsonValue | undefined;
}

function stepOf(field: string): Step | undefined {
  if (field.startsWith('f:')) {
    const key = field.slice(2);
    return {
      text: `.${key}`,
      read: (value) => (isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    };
  }
  if (!field.startsWith('k:')) return undefined;
  const keys = Object.entries(JSON.parse(field.slice(2)) as JsonObject);
  return {
    text: `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`,
    read: (value) =>
      Array.isArray(value)
        ? (value as readonly JsonValue[]).find(
            (item) => isJsonObject(item) && keys.every(([key, is]) => item[key] === is),
          )
        : undefined,
  };
}

type NamedList = readonly JsonObject[];

function isNamedList(value: JsonValue | undefined): value is NamedList {
  return (
    Array.isArray(value) &&
    value.every((item: JsonValue) => isJsonObject(item) && typeof item['name'] === 'string')
  );
}
