import type { Check } from '@jamie/core';
import type { Config } from '@jamie/runtime';

/** Who may ask from Slack, and whether cluster credentials can be stored. */
export function configurationChecks(config: Config): readonly Check[] {
  return [
    async () =>
      config.principalsFile === undefined
        ? {
            name: 'People',
            status: config.slack.mode === 'off' ? 'off' : 'warning',
            detail: 'nobody from Slack is known; only the person at this machine',
            mend: 'Write a principals file (docs/principals.md) and set PRINCIPALS_FILE',
          }
        : { name: 'People', status: 'ok', detail: config.principalsFile, mend: '' },
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
