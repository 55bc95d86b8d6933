import type { Reply } from '@jamie/core';
import { useEffect, useState } from 'react';
import type { ApiClient } from './api-client.ts';

/**
 * The cases of self-healing while they are shown, read again whenever `occasion` changes; what was known stays shown
 * meanwhile. Undefined until the first answer.
 */
export function useHealing(api: ApiClient, isShown: boolean, occasion: string): Reply | undefined {
  const [cases, setCases] = useState<Reply>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new occasion is a reason to read again.
  useEffect(() => {
    let wanted = isShown;
    if (isShown) {
      void api.readHealing().then((result) => {
        if (wanted && result.kind === 'ok') setCases(result.value);
      });
    }
    return () => {
      wanted = false;
    };
  }, [api, isShown, occasion]);
  return isShown ? cases : undefined;
}
