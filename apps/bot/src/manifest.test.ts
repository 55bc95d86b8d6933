import { readFileSync } from 'node:fs';
import { BOT_SCOPES } from '@jamie/slack';
import { EMULATED_SCOPES } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { ASK_SHORTCUT } from './listeners/ask/register-ask.ts';
import { SLASH_COMMANDS } from './listeners/commands/register-commands.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../../deploy/slack/manifest.json', import.meta.url), 'utf8'),
) as {
  readonly features: {
    readonly agent_view: {
      readonly agent_description: string;
      readonly suggested_prompts: readonly unknown[];
    };
    readonly app_home: { readonly home_tab_enabled: boolean };
    readonly shortcuts: readonly { readonly callback_id: string; readonly type: string }[];
    readonly slash_commands: readonly { readonly command: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
};

describe('deploy/slack/manifest.json', () => {
  it('asks for the scopes with which the bot is tested, and no others', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual([...EMULATED_SCOPES]);
  });

  it('offers every command that the bot answers', () => {
    const offered = manifest.features.slash_commands.map(({ command }) => command);
    expect(offered).toEqual([...SLASH_COMMANDS]);
  });

  it('has the Home tab and the entry in the menu of a message that the bot answers', () => {
    const { app_home: home, shortcuts } = manifest.features;
    expect(home.home_tab_enabled).toBe(true);
    expect(shortcuts).toMatchObject([{ type: 'message', callback_id: ASK_SHORTCUT }]);
  });

  it('asks for the same at an installation over OAuth', () => {
    expect([...BOT_SCOPES]).toEqual(manifest.oauth_config.scopes.bot);
  });

  it('subscribes to its own tabs, mentions, messages where the bot may be spoken to, stops, and the end of an installation', () => {
    const tabs = ['app_context_changed', 'app_home_opened'];
    const messages = ['app_mention', 'message.channels', 'message.groups', 'message.im'];
    const events = ['agent_session_stopped', 'app_uninstalled', 'tokens_revoked', ...tabs, ...messages];
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(events.toSorted());
  });

  it('keeps within the limits of Slack', () => {
    expect(manifest.features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(manifest.features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
  });
});
