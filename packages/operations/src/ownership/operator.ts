import type { FindManager } from './manager-facts.ts';

/** API groups whose controllers are part of Kubernetes. */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'discovery.k8s.io',
]);

/** An operator whose custom resource owns the object: it sets the object to what the resource says. */
export const findOperator: FindManager = ({ live, ref }) => {
  const owner = live.metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner === undefined || BUILT_IN_GROUPS.has(groupOf(owner.apiVersion)) || owner.kind === 'Node')
    return undefined;
  const name = `${owner.kind} ${owner.name}`;
  return {
    kind: 'operator',
    name,
    ref,
    evidence: `ownerReference ${owner.apiVersion} ${name}`,
    reverts: true,
    advice: `Change ${name} (${owner.apiVersion}) instead: its operator makes ${ref.kind} ${ref.name} from it.`,
  };
};

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}
