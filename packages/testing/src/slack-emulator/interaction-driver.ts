import { ConversationDriver, type Utterance } from './conversation-driver.ts';
import type { Actor } from './delivery-driver.ts';
import { type Entry, enteredState } from './element-state.ts';
import { sessionStoppedEvent } from './event-payloads.ts';
import { type ActedOn, findButton, findElement, findOption, type Surface } from './find-element.ts';
import {
  type ActedMessage,
  blockSuggestion,
  type ElementAct,
  messageBlockAction,
  messageShortcut,
  slashCommand,
} from './interaction-payloads.ts';
import { readOptions } from './read-options.ts';
import type { EmulatedMessage, SlackWorkspace } from './workspace.ts';

/** An option of a select. */
export type EmulatedOption = Readonly<Record<string, unknown>>;

/** A person, and the message on which they act; `replay` is the message as it stood earlier. */
export interface PointedAt extends Actor {
  readonly channel: string;
  /** Of a message, or of one that only this person sees. */
  readonly ts: string;
  readonly replay?: EmulatedMessage;
}

/** What people do with the app's messages: commands, clicks, choices, shortcuts, the Stop button. */
export abstract class InteractionDriver extends ConversationDriver {
  /** Types a slash command. */
  slash(command: Utterance & { readonly command?: string }): void {
    const workspace = this.workspaceOf(command);
    const user = this.userIn(workspace, command.user);
    const channel = this.channelIn(workspace, command.channel);
    const name = command.command ?? '/jamie';
    const responseUrl = this.mintResponseUrl({ workspace, channel: channel.id, user: user.id });
    const payload = slashCommand({ workspace, user }, { channel, name, text: command.text }, responseUrl);
    this.deliver({ kind: 'slash_commands', payload });
  }

  /** Clicks a button that stands in a message now; `replay` clicks it as it stood in an earlier copy. */
  click(click: PointedAt & { readonly actionId: string }): void {
    this.#act(click, (surface) => findButton(surface, { actionId: click.actionId }));
  }

  /** Clicks the button that reads so, a follow-up for example. */
  clickLabelled(click: PointedAt & { readonly label: string }): void {
    this.#act(click, (surface) => findButton(surface, { label: click.label }));
  }

  /** Chooses the option that reads so from a select, an overflow menu or radio buttons of a message. */
  choose(choice: PointedAt & { readonly option: string; readonly actionId?: string }): void {
    this.#act(choice, (surface) => {
      const acted = findOption(surface, choice.option, choice.actionId);
      return acted.element['type'] === 'overflow' ? acted : withEntry(acted, acted.option ?? choice.option);
    });
  }

  /** Presses thumbs up or down under a message. */
  feedback(given: PointedAt & { readonly value: 'positive' | 'negative'; readonly actionId?: string }): void {
    this.#act(given, (surface) => {
      const acted = findElement(surface, given.actionId ?? feedbackIdOf(surface));
      const button = acted.element[`${given.value}_button`] as ActedOn['option'];
      if (button === undefined) throw new Error(`${surface.name} has no ${given.value} feedback button`);
      return { ...acted, option: button };
    });
  }

  protected searchInMessage(
    search: PointedAt & { readonly actionId: string; readonly query: string },
  ): Promise<readonly EmulatedOption[]> {
    const { workspace, at, surface } = this.#pointed(search);
    const { blockId = '', element } = findElement(surface, search.actionId);
    const payload = blockSuggestion(
      { workspace, user: this.userIn(workspace, search.user) },
      { message: at },
      { blockId, actionId: search.actionId, query: search.query },
    );
    return readOptions(element, search.query, () => this.ask({ kind: 'interactive', payload }));
  }

  protected pickInMessage(
    pick: PointedAt & { readonly actionId: string; readonly option: EmulatedOption },
  ): void {
    this.#act(pick, (surface) => withEntry(findElement(surface, pick.actionId), pick.option));
  }

  /** Chooses the app's entry in the menu of a message, anybody's. */
  shortcut(chosen: PointedAt & { readonly callbackId: string }): void {
    const { workspace, at, responseUrl } = this.#pointed(chosen);
    const { callbackId } = chosen;
    const source = { workspace, user: this.userIn(workspace, chosen.user) };
    const payload = messageShortcut(source, at, { callbackId, responseUrl });
    this.deliver({ kind: 'interactive', payload });
  }

  /** Presses Stop while the app answers in a thread. What streams there can no longer be written to. */
  pressStop(stop: Actor & { readonly channel: string; readonly threadTs: string }): void {
    const workspace = this.workspaceOf(stop);
    const user = this.userIn(workspace, stop.user);
    const streams = workspace.stopStreams(stop.channel, stop.threadTs);
    const thread = { channel: stop.channel, ts: stop.threadTs, streams };
    const channel = this.channelIn(workspace, stop.channel);
    this.emit(workspace, sessionStoppedEvent(workspace, user, thread), channel);
  }

  #act(pointed: PointedAt, find: (surface: Surface) => ElementAct): void {
    const { workspace, at, surface, responseUrl } = this.#pointed(pointed);
    const source = { workspace, user: this.userIn(workspace, pointed.user) };
    const payload = messageBlockAction(source, at, find(surface), responseUrl);
    this.deliver({ kind: 'interactive', payload });
  }

  #pointed(pointed: PointedAt) {
    const workspace = this.workspaceOf(pointed);
    const channel = this.channelIn(workspace, pointed.channel);
    const at: ActedMessage = { channel, ...findActedMessage(workspace, pointed) };
    const { message, isEphemeral } = at;
    const surface: Surface = { name: `message ${message.ts}`, blocks: message.blocks };
    const responseUrl = this.mintResponseUrl({
      workspace,
      channel: channel.id,
      user: pointed.user,
      original: { ts: message.ts, isEphemeral },
      ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    });
    return { workspace, at, surface, responseUrl };
  }
}

function findActedMessage(
  workspace: SlackWorkspace,
  { channel, ts, user, replay }: PointedAt,
): Pick<ActedMessage, 'message' | 'isEphemeral'> {
  const message = replay ?? workspace.findMessage(channel, ts);
  if (message !== undefined) return { message, isEphemeral: false };
  const ephemeral = workspace.ephemerals.find((each) => each.ts === ts && each.user === user);
  if (ephemeral === undefined) throw new Error(`no message ${ts} in ${channel}`);
  const seen = { user: workspace.botUserId, isOurs: true, edits: 0, reactions: [] };
  return { message: { ...ephemeral, ...seen }, isEphemeral: true };
}

function feedbackIdOf(surface: Surface): string {
  const block = surface.blocks.find(({ type }) => type === 'context_actions');
  const elements = (block?.['elements'] ?? []) as readonly EmulatedOption[];
  const found = elements.find(({ type }) => type === 'feedback_buttons');
  if (found === undefined) throw new Error(`${surface.name} has no feedback buttons`);
  return String(found['action_id']);
}

function withEntry(acted: ActedOn, entry: Entry): ElementAct {
  return { ...acted, state: enteredState(acted.element, entry) };
}
