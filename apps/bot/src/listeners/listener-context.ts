import type { Desk, Logger } from '@jamie/core';
import type { FirstSign, SlackFiles, SlackWorkspaces } from '@jamie/slack';
import type { PersonIdentifier } from '../people/identify-person.ts';
import type { SharedChannels } from '../people/shared-channels.ts';
import type { HomeTabs } from './home/home-tabs.ts';

/** What the listeners work with. */
export interface ListenerContext {
  readonly workspaces: SlackWorkspaces;
  readonly desk: Desk;
  readonly people: PersonIdentifier;
  readonly channels: SharedChannels;
  readonly firstSign: FirstSign;
  readonly files: SlackFiles;
  readonly homes: HomeTabs;
  readonly logger: Logger;
}
