import type { Defect } from '../defect.ts';

const ANALYZERS = 'packages/analysis/src/analyzers';
const SUITE = `${ANALYZERS}/network/network.test`;

/** Ports, Ingresses, network policies and the DNS of the cluster. */
export const networkDefects: readonly Defect[] = [
  {
    name: 'a policy that admits another namespace counts as one that admits nobody',
    file: `${ANALYZERS}/network/policy-peers.ts`,
    find: 'if (namespaces === undefined) return [policy.namespace];',
    replace:
      'if (namespaces === undefined || namespaces.matchExpressions.length === 0) return [policy.namespace];',
    suite: SUITE,
  },
  {
    name: 'pods of one policy count as isolated although another policy admits everybody',
    file: `${ANALYZERS}/network/service-isolated.ts`,
    find: 'const rules = policies.flatMap(',
    replace: 'const rules = policies.slice(0, 1).flatMap(',
    suite: SUITE,
  },
  {
    name: 'pods that may send nothing at all count as kept from DNS',
    file: `${ANALYZERS}/network/dns-egress-blocked.ts`,
    find: 'rules.length === 0 || rules.every(',
    replace: 'rules.length > 0 && rules.every(',
    suite: SUITE,
  },
  {
    name: 'a pod in the network of its node counts as isolated',
    file: `${ANALYZERS}/network/pod-policies.ts`,
    find: 'pod.spec.hostNetwork ? NONE :',
    replace: 'pod.spec.hostPid ? NONE :',
    suite: SUITE,
  },
  {
    name: 'namespaces that were not read count as missing',
    file: `${ANALYZERS}/network/policy-peers.ts`,
    find: "if (!index.isRead('Namespace')) return undefined;",
    replace: '',
    suite: SUITE,
  },
  {
    name: 'pods that blame the DNS of the cluster are told as causes of their own',
    file: 'packages/analysis/src/causes/merge-faults.ts',
    find: 'if (isVictim(fault, candidate)',
    replace: 'if (fault.container === candidate.code',
    suite: `${ANALYZERS}/network/cluster-dns`,
  },
  {
    name: 'an Ingress with the old annotation is said to lack its class',
    file: `${ANALYZERS}/ingress/ingress-class-missing.ts`,
    find: '!ingress.classByAnnotation && ',
    replace: '',
    suite: `${ANALYZERS}/ingress`,
  },
  {
    name: 'a target port fits a container port of another protocol',
    file: `${ANALYZERS}/service/target-ports.ts`,
    find: 'declared.protocol === port.protocol &&',
    replace: '',
    suite: `${ANALYZERS}/service/service-configuration`,
  },
  {
    name: 'wrong configuration is told as a consequence of a crash behind the same Service',
    file: 'packages/analysis/src/causes/merge-faults.ts',
    find: 'if (distance !== 0 && (fault.standsAlone || candidate.standsAlone)) return false;',
    replace: '',
    suite: `${ANALYZERS}/network/standing-alone`,
  },
];
