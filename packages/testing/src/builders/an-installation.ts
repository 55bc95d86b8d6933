import type { Installation } from '@jamie/core';

/** The first version of an installation, without token rotation. */
export function anInstallation(traits: Partial<Installation> = {}): Installation {
  return {
    teamId: 'T1',
    teamName: 'Acme',
    botUserId: 'UBOT1',
    botId: 'BBOT1',
    botToken: 'xoxb-first',
    scopes: ['chat:write', 'commands'],
    installedBy: 'U1',
    installedAt: 1_000,
    version: 1,
    ...traits,
  };
}
