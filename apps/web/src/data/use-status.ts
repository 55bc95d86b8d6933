import type { ApiClient, ServerStatus } from './api-client.ts';
import { useReading } from './use-reading.ts';

const NOTHING_KNOWN: ServerStatus = { examples: [], freezeReason: undefined };
const readStatus = (api: ApiClient) => api.readStatus();

/** The server's status, read again whenever `occasion` changes; what was known stays shown meanwhile. */
export function useStatus(api: ApiClient, occasion: string): ServerStatus {
  return useReading(api, readStatus, occasion) ?? NOTHING_KNOWN;
}
