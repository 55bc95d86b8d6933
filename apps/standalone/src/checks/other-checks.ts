import type { Check } from '@jamie/core';
import type { Config } from '@jamie/runtime';

/** Whether cluster credentials can be stored. */
export function configurationChecks(config: Config): readonly Check[] {
  return [
    async () =>
      config.clusters.credentialsKey === undefined
        ? {
            name: 'Credentials key',
            status: 'off',
            detail: 'jamie cluster add is refused without it',
            mend: 'CLUSTER_CREDENTIALS_KEY=$(openssl rand -base64 32), kept somewhere safe',
          }
        : { name: 'Credentials key', status: 'ok', detail: 'set', mend: '' },
  ];
}
