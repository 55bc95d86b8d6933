import { isEffect } from '../control-plane/audit-log.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { TestCluster } from './test-cluster.ts';

/** A namespace of a real control plane; effects are counted in the API server's own audit log. */
export function realTestCluster(controlPlane: ControlPlane, namespace: string): TestCluster {
  const administrator = controlPlane.api();
  return {
    kubeconfigPath: controlPlane.kubeconfigPath,
    namespace,
    async administrator({ method, path, body, contentType = 'application/json' }) {
      const answer = await administrator({ method, path, body, headers: { 'content-type': contentType } });
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return JSON.parse(answer.text);
    },
    effectsOn: (deployment) =>
      controlPlane
        .auditLog()
        .filter(
          (entry) =>
            entry.user === 'jamie' &&
            entry.resource === 'deployments' &&
            entry.namespace === namespace &&
            entry.name === deployment &&
            isEffect(entry),
        )
        .map(({ verb, subresource, impersonatedUser }) => ({
          verb,
          ...(subresource !== undefined && { subresource }),
          ...(impersonatedUser !== undefined && { impersonatedUser }),
        })),
  };
}

/** Who is who on the real control plane. */
export const REAL_PEOPLE = {
  requester: { user: 'alice', groups: ['payments-operators'] },
  approver: { user: 'bob', groups: ['payments-operators'] },
  stranger: { user: 'carol', groups: [] },
} as const;
