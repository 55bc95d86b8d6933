import { KINDS, SNAPSHOT_KINDS } from '@jamie/core';

/** One thing that a rule allows: a verb on a resource, of the named objects or of all. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  /** Absent: all objects. */
  readonly names?: readonly string[];
}

const OWN_READS: ReadonlySet<string> = new Set(
  SNAPSHOT_KINDS.map((kind) => `${KINDS[kind].group}/${KINDS[kind].plural}`),
);

/** Why some rights are never given, beyond that nobody needs them. */
const DANGERS: Readonly<Record<string, string>> = {
  secrets: 'list and watch reveal what Secrets hold, too',
  'nodes/proxy': 'even get runs commands on a node',
  'pods/exec': 'it runs commands in containers',
  'pods/attach': 'it joins the processes of containers',
  'pods/portforward': 'it opens what a pod listens on',
  'serviceaccounts/token': 'a token is the identity itself',
  namespaces: 'labels of a namespace decide about its security',
  customresourcedefinitions: 'they change what the API server serves',
  mutatingwebhookconfigurations: 'they change what others write',
  validatingwebhookconfigurations: 'they decide what others may write',
  clusterroles: 'whoever writes roles takes any right',
  clusterrolebindings: 'whoever writes bindings takes any right',
  roles: 'whoever writes roles takes any right',
  rolebindings: 'whoever writes bindings takes any right',
  persistentvolumes: 'a volume of the host is the host',
  certificatesigningrequests: 'a signed certificate is any identity',
};

/**
 * Why the service must not hold a right; undefined when it needs it. A closed list: what is not named as needed is
 * refused. Pure.
 */
export function judgeRight(right: Right, mayActAsAnyUser: boolean): string | undefined {
  const { group, resource, verb } = right;
  if ([group, resource, verb].includes('*')) return 'a wildcard allows what nobody has thought of';
  if (verb === 'escalate' || verb === 'bind') return 'it takes any right';
  if (verb === 'impersonate') return judgeImpersonation(right, mayActAsAnyUser);
  if (group === 'authorization.k8s.io' && resource === 'subjectaccessreviews' && verb === 'create') {
    return undefined;
  }
  const isOwnRead = OWN_READS.has(`${group}/${resource}`) && (verb === 'list' || verb === 'watch');
  if (isOwnRead) return undefined;
  return DANGERS[resource] ?? 'the service does this as a person, or not at all';
}

function judgeImpersonation({ group, resource, names }: Right, mayActAsAnyUser: boolean): string | undefined {
  if (group !== '' || (resource !== 'users' && resource !== 'groups')) {
    return 'only users and groups are impersonated';
  }
  if (names === undefined || names.length === 0) {
    if (resource === 'users' && mayActAsAnyUser) return undefined;
    return `the ${resource} must be named: system:masters would be among them`;
  }
  const system = names.find((name) => name.startsWith('system:') && name !== 'system:authenticated');
  return system === undefined ? undefined : `${system} is an identity of Kubernetes itself`;
}
