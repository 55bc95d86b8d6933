import type { ClusterAccess } from './cluster-access.ts';

/**
 * Access that is made at its first use, for one whose making is slow or may fail: the failure then belongs to the
 * request, and the next request tries again.
 */
export function lazyAccess(server: string, make: () => Promise<ClusterAccess>): ClusterAccess {
  let made: Promise<ClusterAccess> | undefined;
  return {
    server,
    async credentials() {
      made ??= make();
      try {
        return await (await made).credentials();
      } catch (error) {
        made = undefined;
        throw error;
      }
    },
    refused() {
      made?.then(
        (access) => access.refused(),
        () => undefined,
      );
    },
  };
}
