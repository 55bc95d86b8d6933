import type { JsonValue } from '@jamie/core';
import { isJsonObject } from '@jamie/core';

const SWITCHES = new Set(['privileged', 'hostNetwork', 'hostPID', 'hostIPC', 'hostProcess']);

/**
 * Every way in which a manifest, or a part of one, reaches past its container into the node: privileged, the host's
 * namespaces, ports and paths, added capabilities (but the one to bind low ports, as restricted pods may), an unmasked
 * /proc. Read by field name wherever it stands, so that no new place for a pod template is overlooked. The texts name
 * the container and the value, to be compared.
 */
export function nodeAccessOf(value: JsonValue | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  collect(value, '', found);
  return found;
}

function collect(value: JsonValue | undefined, owner: string, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) {
      const name = isJsonObject(item) ? item['name'] : undefined;
      collect(item, typeof name === 'string' ? `${owner}/${name}` : owner, found);
    }
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [field, member] of Object.entries(value)) {
    if (isAccess(field, member)) found.add(`${owner}:${field}=${JSON.stringify(member)}`);
    collect(member, owner, found);
  }
}

function isAccess(field: string, value: JsonValue): boolean {
  if (SWITCHES.has(field)) return value === true;
  if (field === 'hostPath') return isJsonObject(value);
  if (field === 'hostPort') return typeof value === 'number' && value !== 0;
  if (field === 'procMount') return value === 'Unmasked';
  if (field !== 'capabilities' || !isJsonObject(value)) return false;
  const { add } = value;
  return Array.isArray(add) && (add as readonly JsonValue[]).some((each) => each !== 'NET_BIND_SERVICE');
}
