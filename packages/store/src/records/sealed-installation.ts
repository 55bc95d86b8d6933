import { canonicalJson, type Installation } from '@jamie/core';
import { openText, sealText } from '@jamie/runtime';
import { type StoredInstallation, storedInstallationSchema } from './installation-schema.ts';
import { readRecord } from './read-record.ts';

/** The installation as it is stored: its tokens sealed, and bound to the team. */
export function sealInstallation(installation: Installation, key: Uint8Array): StoredInstallation {
  const { botToken, refreshToken, ...open } = installation;
  const tokens = { botToken, ...(refreshToken !== undefined && { refreshToken }) };
  return { ...open, tokens: sealText(canonicalJson(tokens), sealContext(installation.teamId), key) };
}

/**
 * The installation of a stored record. Throws config_invalid when its tokens were sealed with another key or for another
 * team, internal when the record is damaged.
 */
export function openInstallation(record: unknown, teamId: string, key: Uint8Array): Installation {
  const { tokens, ...rest } = readRecord(
    storedInstallationSchema,
    record,
    'installation of Slack workspace',
    teamId,
  );
  const text = openText(tokens, sealContext(teamId), key, {
    name: `tokens of the Slack workspace ${teamId}`,
    mend: 'install the app there again',
  });
  // Sound: only this file seals under this context, and what was changed does not open.
  return { ...rest, ...(JSON.parse(text) as Pick<Installation, 'botToken' | 'refreshToken'>), teamId };
}

function sealContext(teamId: string): string {
  return canonicalJson({ version: 1, kind: 'slack installation', teamId });
}
