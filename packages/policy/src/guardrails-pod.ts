import { readJsonPointer } from '@jamie/core';

const HOST_FLAGS = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
/** The only capability that the restricted Pod Security Standard lets a container add. */
const ADDABLE_CAPABILITIES: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);
const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * What of a pod spec reaches out of its pod to the node, in words that follow the object's name; undefined when nothing
 * does. The rules are those of the Pod Security Standards (kubernetes.io/docs/concepts/security/pod-security-standards)
 * that no workload of a team needs. Pure and total.
 */
export function checkPodSpec(spec: unknown): string | undefined {
  if (typeof spec !== 'object' || spec === null) return undefined;
  const fields = spec as Fields;
  const host = HOST_FLAGS.find((flag) => fields[flag] === true);
  if (host !== undefined) return `sets ${host}: its pods would share it with the node. Leave it out.`;
  if (listAt(fields, 'volumes').some((volume) => volume['hostPath'] !== undefined))
    return 'mounts a hostPath: its pods would reach the files of the node. Use another kind of volume.';
  const containers = CONTAINER_LISTS.flatMap((list) => listAt(fields, list));
  const security = checkSecurity(fields['securityContext'], 'its pods');
  return security ?? firstOf(containers, checkContainer);
}

/** What a person should know of a pod spec that is let through. Pure and total. */
export function podSpecWarnings(spec: unknown): readonly string[] {
  if (typeof spec !== 'object' || spec === null) return [];
  const fields = spec as Fields;
  const contexts = [fields, ...CONTAINER_LISTS.flatMap((list) => listAt(fields, list))];
  const isRoot = contexts.some((each) => readJsonPointer(each, '/securityContext/runAsUser') === 0);
  return [
    ...(isRoot ? ['It runs as root (runAsUser 0).'] : []),
    ...(fields['automountServiceAccountToken'] === true
      ? ['Its pods get the token of their service account (automountServiceAccountToken).']
      : []),
  ];
}

function checkContainer(container: Fields): string | undefined {
  const name = `container ${String(container['name'])}`;
  if (
    listAt(container, 'ports').some((port) => typeof port['hostPort'] === 'number' && port['hostPort'] !== 0)
  )
    return `opens a hostPort in ${name}: it would take the port of the node. Use a Service.`;
  return checkSecurity(container['securityContext'], name);
}

function checkSecurity(context: unknown, who: string): string | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const fields = context as Fields;
  if (fields['privileged'] === true)
    return `makes ${who} privileged: that is root on the node. Leave it out.`;
  if (readJsonPointer(fields, '/windowsOptions/hostProcess') === true)
    return `makes ${who} a host process: that is the node itself. Leave it out.`;
  if (fields['allowPrivilegeEscalation'] === true)
    return `sets allowPrivilegeEscalation for ${who}. Leave it out, or set it to false.`;
  const added = readJsonPointer(fields, '/capabilities/add');
  const extra = Array.isArray(added)
    ? (added as readonly unknown[]).find((each) => !ADDABLE_CAPABILITIES.has(String(each)))
    : undefined;
  if (extra !== undefined)
    return `adds the capability ${String(extra)} to ${who}. Only NET_BIND_SERVICE may be added.`;
  if (fields['procMount'] !== undefined && fields['procMount'] !== 'Default')
    return `sets procMount ${String(fields['procMount'])} for ${who}. Leave it out.`;
  if (readJsonPointer(fields, '/seccompProfile/type') === 'Unconfined')
    return `switches seccomp off for ${who} (Unconfined). Use RuntimeDefault.`;
  return undefined;
}

function listAt(fields: Fields, key: string): readonly Fields[] {
  const list = fields[key];
  if (!Array.isArray(list)) return [];
  return (list as readonly unknown[]).filter(
    (item): item is Fields => typeof item === 'object' && item !== null,
  );
}

function firstOf(items: readonly Fields[], check: (item: Fields) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = check(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
