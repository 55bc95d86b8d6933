import type { KubeObject, NetworkPeerView, NetworkPolicyView, NetworkRuleView } from '@jamie/core';
import { toLabelSelectorView } from './label-selector-view.ts';
import { toObjectView } from './object-view.ts';
import { listOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/**
 * Projects a NetworkPolicy. Without `policyTypes` it is about what comes in, and about what goes out where it has rules for
 * that, as https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1 says.
 */
export function toNetworkPolicyView(object: KubeObject, sharing: Sharing): NetworkPolicyView {
  const spec = objectOf(object.spec);
  const types = listOf(spec['policyTypes']);
  const isAbout = (type: string, field: string) =>
    types.length > 0 ? types.includes(type) : type === 'Ingress' || spec[field] !== undefined;
  return {
    ...toObjectView('NetworkPolicy', object, sharing),
    pods: toLabelSelectorView(spec['podSelector'], sharing),
    ...(isAbout('Ingress', 'ingress') && { ingress: toRules(spec['ingress'], 'from', sharing) }),
    ...(isAbout('Egress', 'egress') && { egress: toRules(spec['egress'], 'to', sharing) }),
  };
}

function toRules(value: unknown, peersField: 'from' | 'to', sharing: Sharing): readonly NetworkRuleView[] {
  return listOf(value)
    .map(objectOf)
    .map((rule) => ({
      peers: listOf(rule[peersField]).map((peer) => toPeer(objectOf(peer), sharing)),
      ports: listOf(rule['ports']).map((port) => toPort(objectOf(port), sharing)),
    }));
}

function toPeer({ podSelector, namespaceSelector, ipBlock }: RawObject, sharing: Sharing): NetworkPeerView {
  return {
    ...(podSelector !== undefined && { pods: toLabelSelectorView(podSelector, sharing) }),
    ...(namespaceSelector !== undefined && { namespaces: toLabelSelectorView(namespaceSelector, sharing) }),
    ...(ipBlock !== undefined && toBlock(objectOf(ipBlock))),
  };
}

function toBlock({ cidr, except }: RawObject): Pick<NetworkPeerView, 'cidr' | 'except'> {
  const left = listOf(except).map(textOf);
  return { cidr: textOf(cidr), ...(left.length > 0 && { except: left }) };
}

function toPort({ protocol, port, endPort }: RawObject, sharing: Sharing): NetworkRuleView['ports'][number] {
  return {
    protocol: sharing.text(protocol) || 'TCP',
    port: typeof port === 'number' ? String(port) : textOf(port),
    ...(typeof endPort === 'number' && { endPort }),
  };
}
