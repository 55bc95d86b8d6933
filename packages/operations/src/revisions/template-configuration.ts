import type { JsonObject } from '@jamie/core';

/** Where a pod template names a ConfigMap or a Secret: the field that holds the reference, and the name in it. */
const REFERENCES: Readonly<Record<string, readonly ['ConfigMap' | 'Secret', ...string[]]>> = {
  configMapKeyRef: ['ConfigMap', 'name'],
  configMapRef: ['ConfigMap', 'name'],
  configMap: ['ConfigMap', 'name'],
  secretKeyRef: ['Secret', 'name'],
  secretRef: ['Secret', 'name'],
  // A volume says secretName, a projected source name.
  secret: ['Secret', 'secretName', 'name'],
};

/** The ConfigMaps and Secrets that a pod template reads, by kind and name: `Secret db-credentials`. Pure. */
export function configurationOf(template: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  collect(template, names);
  return names;
}

function collect(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (Object.hasOwn(REFERENCES, key)) note(key, member, names);
    if (key === 'imagePullSecrets' && Array.isArray(member))
      for (const item of member) note('secretRef', item, names);
    collect(member, names);
  }
}

function note(key: string, reference: unknown, names: Set<string>): void {
  const [kind, ...fields] = REFERENCES[key] ?? [];
  if (kind === undefined || typeof reference !== 'object' || reference === null) return;
  const record = reference as Readonly<Record<string, unknown>>;
  const name = fields.map((field) => record[field]).find((each) => typeof each === 'string');
  if (typeof name === 'string') names.add(`${kind} ${name}`);
}
