import type { Defect } from '../defect.ts';

/** Several workspaces: installation, tokens, and who is kept out. */
export const slackWorkspaceDefects: readonly Defect[] = [
  {
    name: 'the tokens of one team open in the record of another',
    file: 'packages/store/src/records/sealed-installation.ts',
    find: "kind: 'slack installation', teamId }",
    replace: "kind: 'slack installation' }",
    suite: 'packages/store/src/sqlite/sqlite-installations',
  },
  {
    name: 'a rotation overwrites a newer installation',
    file: 'packages/store/src/sqlite/sqlite-installations.ts',
    find: 'WHERE team_id = ? AND version = ?',
    replace: 'WHERE team_id = ? AND version <= ? + 1000',
    suite: 'packages/store/src/sqlite/sqlite-installations',
  },
  {
    name: 'a token is rotated by everybody who asks',
    file: 'packages/slack/src/workspaces/installed-workspace.ts',
    find: 'rotation ??= rotateToken(',
    replace: 'rotation = rotateToken(',
    suite: 'packages/slack/src/workspaces/installed-workspaces',
  },
  {
    name: 'the loser of a rotation gives up',
    file: 'packages/slack/src/workspaces/rotate-token.ts',
    find: '    if (winner !== undefined) return winner;\n',
    replace: '',
    suite: 'packages/slack/src/workspaces/installed-workspaces',
  },
  {
    name: 'a revoked workspace is asked again at every call',
    file: 'packages/slack/src/workspaces/installed-workspace.ts',
    find: '    refusal = { token: refused, error, until: clock.now() + REFUSED_FOR_MS };\n',
    replace: '',
    suite: 'packages/slack/src/workspaces/installed-workspaces',
  },
  {
    name: 'a state is good in any browser',
    file: 'packages/slack/src/install/install-state.ts',
    find: 'if (!equalSecrets(signature, sign(nonce, endsAt, browser)))',
    replace: "if (signature === '')",
    suite: 'packages/slack/src/install',
  },
  {
    name: 'a state is taken twice',
    file: 'packages/slack/src/install/install-state.ts',
    find: '      used.set(nonce, Number(endsAt));\n',
    replace: '',
    suite: 'packages/slack/src/install',
  },
  {
    name: 'the name of a workspace is not escaped',
    file: 'packages/slack/src/install/install-pages.ts',
    find: 'ENTITIES[character] ?? character',
    replace: 'character',
    suite: 'packages/slack/src/install',
  },
  {
    name: 'a late event ends a new installation',
    file: 'apps/bot/src/listeners/installations/decide-removal.ts',
    find: ' <= installation.installedAt',
    replace: ' <= 0',
    suite: 'apps/bot/src/listeners/installations',
  },
  {
    name: 'a vote counts in a channel that others read',
    file: 'apps/bot/src/listeners/plans/read-plan-click.ts',
    find: 'await context.channels.isShared(click.channelId, clicker.workspace)',
    replace: 'false',
    suite: 'apps/bot/src/create-bot-outsiders',
  },
  {
    name: 'a channel counts as ours until the invited organisation has come',
    file: 'apps/bot/src/people/shared-channels.ts',
    find: ' || channel?.is_pending_ext_shared === true',
    replace: '',
    suite: 'apps/bot/src/create-bot-outsiders',
  },
];
