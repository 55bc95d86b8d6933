import type { Acknowledgement, Delivery } from './delivery.ts';
import { eventCallback } from './payloads.ts';
import type { EmulatedChannel, EmulatedMessage, EmulatedUser, SlackWorkspace } from './workspace.ts';

/** Somebody, and which workspace it is in: default the one that knows the channel or the person, else the first. */
export interface Actor {
  readonly user: string;
  readonly team?: string;
}

/** Where something happens, and in which workspace. */
export interface Place {
  readonly channel: string;
  readonly team?: string;
}

/** What all drivers share: whose workspace it is, and how the app hears of something. */
export abstract class DeliveryDriver {
  /** Every workspace in which the app is known, the first one first. */
  abstract readonly workspaces: readonly SlackWorkspace[];

  /** Sends any delivery over the mode's transport. */
  abstract deliver(delivery: Delivery): void;

  /** Sends a delivery; resolves once it is acknowledged, with undefined once it is given up. */
  protected abstract ask(delivery: Delivery): Promise<Acknowledgement | undefined>;

  /** Where the app may answer for the next half hour without a token. */
  protected abstract mintResponseUrl(target: ResponseTarget): string;

  /** Looks again at everything that somebody waits for. */
  protected abstract changed(): void;

  protected emit(workspace: SlackWorkspace, event: object, channel?: EmulatedChannel): void {
    this.deliver({ kind: 'events_api', payload: eventCallback(workspace, event, channel) });
    this.changed();
  }

  protected workspaceOf(at: {
    readonly team?: string;
    readonly channel?: string;
    readonly user?: string;
  }): SlackWorkspace {
    const { team, channel = '', user = '' } = at;
    const isIt = (each: SlackWorkspace) =>
      team === undefined ? each.channels.has(channel) : each.teamId === team;
    const found = this.workspaces.find(isIt) ?? this.workspaces.find((each) => each.users.has(user));
    if (team !== undefined && found?.teamId !== team) throw new Error(`no workspace ${team}`);
    const workspace = found ?? this.workspaces[0];
    if (workspace === undefined) throw new Error('the emulator has no workspace');
    return workspace;
  }

  protected userIn(workspace: SlackWorkspace, id: string): EmulatedUser {
    return workspace.users.get(id) ?? workspace.addUser(id);
  }

  protected channelIn(workspace: SlackWorkspace, id: string): EmulatedChannel {
    const known = workspace.channels.get(id);
    if (known !== undefined) return known;
    return id.startsWith('D') ? workspace.directChannel(`U${id.slice(1)}`) : workspace.addChannel(id);
  }

  protected messageAt(workspace: SlackWorkspace, channel: string, ts: string): EmulatedMessage {
    const message = workspace.findMessage(channel, ts);
    if (message === undefined) throw new Error(`no message ${ts} in ${channel}`);
    return message;
  }
}

/** What a response URL writes into. */
export interface ResponseTarget {
  readonly workspace: SlackWorkspace;
  readonly channel: string;
  readonly user: string;
  /** The message that the person acted on: what replace_original and delete_original are about. */
  readonly original?: { readonly ts: string; readonly isEphemeral: boolean };
  readonly threadTs?: string;
}
