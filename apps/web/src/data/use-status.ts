import { useEffect, useState } from 'react';
import type { ApiClient, ServerStatus } from './api-client.ts';

const NOTHING_KNOWN: ServerStatus = { examples: [], freezeReason: undefined };

/** The server's status, read again whenever `occasion` changes; what was known stays shown meanwhile. */
export function useStatus(api: ApiClient, occasion: string): ServerStatus {
  const [status, setStatus] = useState(NOTHING_KNOWN);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new occasion is a reason to read again.
  useEffect(() => {
    let wanted = true;
    void api.readStatus().then((result) => {
      if (wanted && result.kind === 'ok') setStatus(result.value);
    });
    return () => {
      wanted = false;
    };
  }, [api, occasion]);
  return status;
}
