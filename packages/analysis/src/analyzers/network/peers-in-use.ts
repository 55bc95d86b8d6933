import type { NetworkPeerView, NetworkPolicyView } from '@jamie/core';

/** One end that a policy admits, and where it stands: `ingress[0].from`. */
export interface PeerInUse {
  readonly peer: NetworkPeerView;
  readonly field: string;
}

/** Every peer of a policy in both directions. */
export function peersOf({ ingress = [], egress = [] }: NetworkPolicyView): readonly PeerInUse[] {
  return [
    ...ingress.flatMap(({ peers }, at) => peers.map((peer) => ({ peer, field: `spec.ingress[${at}].from` }))),
    ...egress.flatMap(({ peers }, at) => peers.map((peer) => ({ peer, field: `spec.egress[${at}].to` }))),
  ];
}
