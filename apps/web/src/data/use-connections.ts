import type { CheckResult, ClusterInfo } from '@jamie/core';
import { useEffect, useState } from 'react';
import type { ApiClient } from './api-client.ts';

/** What this installation is connected to, as far as it has been read. */
export interface Connections {
  readonly clusters: readonly ClusterInfo[];
  /** Undefined until the first answer: "not known" is not "nothing". */
  readonly checks: readonly CheckResult[] | undefined;
}

/** Reads clusters and checks, again whenever `occasion` changes; what was known stays shown meanwhile. */
export function useConnections(api: ApiClient, occasion: string): Connections {
  const [connections, setConnections] = useState<Connections>({
    clusters: [],
    checks: undefined,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new occasion is a reason to read again.
  useEffect(() => {
    let wanted = true;
    const keep = (part: Partial<Connections>): void => {
      if (wanted) setConnections((before) => ({ ...before, ...part }));
    };
    void api.listClusters().then((result) => result.kind === 'ok' && keep({ clusters: result.value }));
    void api.listChecks().then((result) => result.kind === 'ok' && keep({ checks: result.value }));
    return () => {
      wanted = false;
    };
  }, [api, occasion]);
  return connections;
}
