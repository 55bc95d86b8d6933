import { readFileSync } from 'node:fs';
import { BOT_SCOPES } from '@jamie/slack';
import { EMULATED_SCOPES } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { SLASH_COMMANDS } from './listeners/commands/register-commands.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../../deploy/slack/manifest.json', import.meta.url), 'utf8'),
) as {
  readonly features: {
    readonly agent_view: {
      readonly agent_description: string;
      readonly suggested_prompts: readonly unknown[];
    };
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

  it('asks for the same at an installation over OAuth', () => {
    expect([...BOT_SCOPES]).toEqual(manifest.oauth_config.scopes.bot);
  });

  it('subscribes to mentions, messages where the bot may be spoken to, stops, and the end of an installation', () => {
    const messages = ['message.channels', 'message.groups', 'message.im'];
    const events = ['agent_session_stopped', 'app_mention', 'app_uninstalled', ...messages, 'tokens_revoked'];
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(events);
  });

  it('keeps within the limits of Slack', () => {
    expect(manifest.features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(manifest.features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
  });
});
