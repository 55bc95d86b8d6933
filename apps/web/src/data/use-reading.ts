import { useEffect, useState } from 'react';
import type { ApiClient, ApiResult } from './api-client.ts';

/** What is read from the server; the same function each time. */
type Read<Value> = (api: ApiClient) => Promise<ApiResult<Value>>;

/**
 * What the server answers, read again whenever `occasion` changes; what was known stays shown meanwhile. Undefined until
 * the first answer, and while nothing is to be read (`read` undefined).
 */
export function useReading<Value>(
  api: ApiClient,
  read: Read<Value> | undefined,
  occasion: string,
): Value | undefined {
  const [value, setValue] = useState<Value>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new occasion is a reason to read again.
  useEffect(() => {
    let wanted = true;
    void read?.(api).then((result) => {
      if (wanted && result.kind === 'ok') setValue(() => result.value);
    });
    return () => {
      wanted = false;
    };
  }, [api, read, occasion]);
  return read === undefined ? undefined : value;
}
