import { KINDS, type Kind } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkGuardrails } from './guardrails.ts';

const OWN = 'jamie-scarlet';

describe('checkGuardrails', () => {
  it.each(['kube-system', 'kube-public', 'kube-node-lease'])('denies %s', (namespace) => {
    expect(checkGuardrails({ kind: 'Deployment', namespace, name: 'coredns' }, OWN)).toMatchObject({
      kind: 'deny',
      reason: 'control_plane_namespace',
    });
  });

  it('denies the namespace that we run in', () => {
    expect(checkGuardrails({ kind: 'Deployment', namespace: OWN, name: 'jamie' }, OWN)).toMatchObject({
      reason: 'own_namespace',
    });
  });

  it('denies what belongs to the whole cluster', () => {
    expect(checkGuardrails({ kind: 'Node', name: 'n1' }, OWN)).toMatchObject({ reason: 'cluster_scoped' });
    expect(checkGuardrails({ kind: 'Namespace', name: 'payments' }, OWN)).toMatchObject({
      reason: 'cluster_scoped',
    });
  });

  it('passes workloads alone, in any other namespace', () => {
    const kinds = Object.keys(KINDS) as Kind[];
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
        (kind, namespace) => {
          const isOpen = !namespace.startsWith('kube-') && namespace !== OWN;
          fc.pre(isOpen);
          const decision = checkGuardrails({ kind, namespace, name: 'x' }, OWN);
          expect(decision.kind === 'pass').toBe(['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind));
        },
      ),
    );
  });
});
