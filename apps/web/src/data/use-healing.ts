import type { Reply } from '@jamie/core';
import type { ApiClient } from './api-client.ts';
import { useReading } from './use-reading.ts';

const readHealing = (api: ApiClient) => api.readHealing();

/** The cases of self-healing while they are shown, read again whenever `occasion` changes. Undefined until the first answer. */
export function useHealing(api: ApiClient, isShown: boolean, occasion: string): Reply | undefined {
  return useReading(api, isShown ? readHealing : undefined, occasion);
}
