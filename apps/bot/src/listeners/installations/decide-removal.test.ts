import { anInstallation } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { decideRemoval } from './decide-removal.ts';

const installation = anInstallation({ installedAt: 100_500 });
const uninstalled = (seconds: number) => ({ event_time: seconds, event: { type: 'app_uninstalled' } });
const revoked = (tokens: object) => ({ event_time: 200, event: { type: 'tokens_revoked', tokens } });

describe('decideRemoval', () => {
  it.each([
    ['an uninstalled app', uninstalled(200), { kind: 'remove', reason: 'app_uninstalled' }],
    ['a removal within the second of the installation', uninstalled(100), { kind: 'remove' }],
    ['a removal before the installation', uninstalled(99), { reason: 'older_than_the_installation' }],
    ['our token among those revoked', revoked({ bot: ['U0', 'UBOT1'] }), { reason: 'bot_token_revoked' }],
    ['the token of another bot', revoked({ bot: ['U0'] }), { reason: 'not_about_the_bot' }],
    ['the tokens of people', revoked({ oauth: ['UBOT1'] }), { reason: 'not_about_the_bot' }],
    ['something else', { event: { type: 'message' } }, { kind: 'keep' }],
    ['nothing', undefined, { kind: 'keep' }],
  ])('judges %s', (_what, body, expected) => {
    expect(decideRemoval(body, installation)).toMatchObject(expected);
  });

  it('keeps what is not there', () => {
    expect(decideRemoval(uninstalled(200), undefined)).toEqual({ kind: 'keep', reason: 'not_installed' });
  });
});
