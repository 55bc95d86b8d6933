import type { LabelSelectorView } from './label-selector.ts';
import type { ObjectView } from './object-view.ts';

/** Where an Ingress sends what matches: a Service with a port by name or number, or an object of another kind. */
export interface IngressBackendView {
  /** Empty for every host. */
  readonly host: string;
  readonly path: string;
  readonly service?: { readonly name: string; readonly port: string };
}

export interface IngressView extends ObjectView {
  readonly kind: 'Ingress';
  /** Empty where neither the field nor the old annotation names a class. */
  readonly className: string;
  /** The old annotation names a class: it needs no IngressClass of that name. */
  readonly classByAnnotation: boolean;
  /** Every rule and the default backend. */
  readonly backends: readonly IngressBackendView[];
  readonly tlsHosts: readonly string[];
  /** Names of the Secrets that hold its certificates; their content is never read. */
  readonly tlsSecrets: readonly string[];
  /** How many addresses its controller has given it. */
  readonly addresses: number;
  /** What its load balancer says of ports that it cannot open: `443: <reason>`. */
  readonly portErrors: readonly string[];
}

export interface IngressClassView extends ObjectView {
  readonly kind: 'IngressClass';
  readonly controller: string;
  readonly isDefault: boolean;
}

/** One end that a NetworkPolicy admits. Without any selector or block it admits every address. */
export interface NetworkPeerView {
  readonly pods?: LabelSelectorView;
  readonly namespaces?: LabelSelectorView;
  readonly cidr?: string;
  /** Blocks within `cidr` that are left out. */
  readonly except?: readonly string[];
}

/** Traffic that is admitted when it meets one of the peers and one of the ports; an empty list admits all. */
export interface NetworkRuleView {
  readonly peers: readonly NetworkPeerView[];
  readonly ports: readonly { readonly protocol: string; readonly port: string; readonly endPort?: number }[];
}

export interface NetworkPolicyView extends ObjectView {
  readonly kind: 'NetworkPolicy';
  readonly pods: LabelSelectorView;
  /** Undefined where the policy leaves this direction alone; an empty list admits nothing. */
  readonly ingress?: readonly NetworkRuleView[];
  readonly egress?: readonly NetworkRuleView[];
}
