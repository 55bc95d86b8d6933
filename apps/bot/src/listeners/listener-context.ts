import type { Desk } from '@jamie/core';
import type { FirstSign } from '@jamie/slack';
import type { BotIdentity } from '../bot-identity.ts';
import type { PersonIdentifier, SlackClient } from '../people/identify-person.ts';
import type { SharedChannels } from '../people/shared-channels.ts';

/** What the listeners work with. */
export interface ListenerContext {
  readonly client: SlackClient;
  readonly desk: Desk;
  readonly identity: BotIdentity;
  readonly people: PersonIdentifier;
  readonly channels: SharedChannels;
  readonly firstSign: FirstSign;
}
