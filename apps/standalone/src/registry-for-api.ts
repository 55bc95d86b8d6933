import type { ClusterRegistry as ApiRegistry } from '@jamie/api';
import type { ClusterRegistry } from '@jamie/kubernetes';

/** The API's words for registering a cluster, in the registry's. */
export function registryForApi(registry: ClusterRegistry): ApiRegistry {
  return {
    register: (registration) =>
      registry.register({
        name: registration.name,
        kubeconfigText: registration.kubeconfig,
        environment: registration.environment,
        ...(registration.apiServer !== undefined && { server: registration.apiServer }),
        ...(registration.kubeContext !== undefined && { contextName: registration.kubeContext }),
      }),
    remove: (name) => registry.remove(name),
  };
}
