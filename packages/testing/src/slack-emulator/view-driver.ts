import type { Actor } from './delivery-driver.ts';
import { type Entry, enteredState } from './element-state.ts';
import { type AppContext, contextChangedEvent, homeOpenedEvent } from './event-payloads.ts';
import { type ActedOn, elementsOf, findButton, findElement, type Surface } from './find-element.ts';
import { type EmulatedOption, InteractionDriver, type PointedAt } from './interaction-driver.ts';
import { blockSuggestion, type ElementAct, viewBlockAction } from './interaction-payloads.ts';
import { readOptions } from './read-options.ts';
import { missingEntries, type SubmissionOutcome, showSubmissionAnswer } from './submission.ts';
import { blocksOf, viewBody, viewClosed, viewSubmission } from './view-payloads.ts';
import type { EmulatedView } from './view-store.ts';
import type { SlackWorkspace } from './workspace.ts';

/** A person, and one of their views: default the modal that they see. */
export interface ViewedBy extends Actor {
  readonly viewId?: string;
}

/** What people do on the Home tab and in modals. */
export abstract class ViewDriver extends InteractionDriver {
  /** Opens the app's Home or Messages tab. */
  openHome(opened: Actor & { readonly tab?: 'home' | 'messages'; readonly context?: AppContext }): void {
    const workspace = this.workspaceOf(opened);
    const user = this.userIn(workspace, opened.user);
    const tab = opened.tab ?? 'home';
    const event = homeOpenedEvent(workspace, user, { ...opened, tab });
    this.emit(workspace, event);
  }

  /** Looks at something else beside the app, at a channel for example. */
  changeContext(changed: Actor & { readonly context: AppContext }): void {
    const workspace = this.workspaceOf(changed);
    const user = this.userIn(workspace, changed.user);
    this.emit(workspace, contextChangedEvent(workspace, user, changed.context));
  }

  /** What a person sees on the app's Home tab. */
  homeOf(userId: string, team?: string): EmulatedView | undefined {
    return this.#workspaceOfUser(userId, team).views.homeOf(userId);
  }

  /** The modal that a person sees. */
  modalOf(userId: string, team?: string): EmulatedView | undefined {
    return this.#workspaceOfUser(userId, team).views.topOf(userId);
  }

  /** Clicks a button on the Home tab. */
  clickInHome(click: Actor & ButtonWanted): void {
    const home = this.homeOf(click.user, click.team);
    if (home === undefined) throw new Error(`the Home tab of ${click.user} is empty`);
    this.clickInView({ ...click, viewId: home.id });
  }

  /** Clicks a button in a modal or on the Home tab. */
  clickInView(click: ViewedBy & ButtonWanted): void {
    const { workspace, view, surface } = this.#viewed(click);
    this.#act(workspace, view, findButton(surface, click));
  }

  /**
   * Enters something into one element of a view, by action id or block id. The app hears of it at once only where Slack
   * tells it at once: outside input blocks, and in those that dispatch.
   */
  enterInView(entered: ViewedBy & { readonly field: string; readonly entry: Entry }): void {
    const { workspace, view, surface } = this.#viewed(entered);
    const acted = findField(surface, entered.field);
    const state = enteredState(acted.element, entered.entry);
    const { blockId = '' } = acted;
    const block = { ...view.values[blockId], [String(acted.element['action_id'])]: state };
    view.values = { ...view.values, [blockId]: block };
    if (dispatches(surface, acted)) this.#act(workspace, view, { ...acted, state });
  }

  /** Fills in several elements of a view, by block id or action id. */
  fillView(viewId: string, entries: Readonly<Record<string, Entry>>): void {
    const { view, workspace } = this.#find(viewId);
    for (const [field, entry] of Object.entries(entries)) {
      this.enterInView({ user: view.userId, team: workspace.teamId, viewId, field, entry });
    }
  }

  /**
   * Types in a select whose options the app provides, in a view or (with `channel` and `ts`) in a message; resolves with
   * what the app offers. Throws when Slack would show that the options could not be loaded.
   */
  chooseExternal(search: Place & { readonly query: string }): Promise<readonly EmulatedOption[]> {
    return 'ts' in search ? this.searchInMessage(search) : this.#searchInView(search);
  }

  /** Chooses one of the options that the app offered. */
  pickExternal(pick: Place & { readonly option: EmulatedOption }): void {
    if ('ts' in pick) this.pickInMessage(pick);
    else this.enterInView({ ...pick, field: pick.actionId, entry: pick.option });
  }

  #searchInView(
    search: ViewedBy & { readonly actionId: string; readonly query: string },
  ): Promise<readonly EmulatedOption[]> {
    const { workspace, view, surface } = this.#viewed(search);
    const { blockId = '', element } = findElement(surface, search.actionId);
    const payload = blockSuggestion(
      { workspace, user: this.userIn(workspace, search.user) },
      { view: viewBody(workspace, view) },
      { blockId, actionId: search.actionId, query: search.query },
    );
    return readOptions(element, search.query, () => this.ask({ kind: 'interactive', payload }));
  }

  /**
   * Presses the submit button. Resolves with what Slack then shows, after doing it: closed modals, an updated or pushed
   * one, errors at the blocks. What Slack would not even send is `incomplete`.
   */
  async submitView(submitted: ViewedBy): Promise<SubmissionOutcome> {
    const { workspace, view } = this.#viewed(submitted);
    const blockIds = missingEntries(view);
    if (blockIds.length > 0) return { kind: 'incomplete', blockIds };
    const user = this.userIn(workspace, submitted.user);
    const payload = viewSubmission({ workspace, user }, view);
    const acknowledgement = await this.ask({ kind: 'interactive', payload });
    const outcome: SubmissionOutcome =
      acknowledgement === undefined
        ? { kind: 'trouble', reason: 'nobody acknowledged it in time' }
        : showSubmissionAnswer(workspace.views, view, acknowledgement.response);
    this.changed();
    return outcome;
  }

  /** Closes a modal; the app hears of it when it asked to. `all` closes the whole stack. */
  closeView(closed: ViewedBy & { readonly all?: boolean }): void {
    const { workspace, view } = this.#viewed(closed);
    const isCleared = closed.all === true || view.body['clear_on_close'] === true;
    const user = this.userIn(workspace, closed.user);
    const ended = isCleared ? workspace.views.stackOf(view.userId).toReversed() : [view];
    const told = ended.filter(({ body }) => body['notify_on_close'] === true);
    const payloads = told.map((each) => viewClosed({ workspace, user }, each, isCleared));
    if (isCleared) workspace.views.clear(view.userId);
    else workspace.views.close(view);
    for (const payload of payloads) this.deliver({ kind: 'interactive', payload });
    this.changed();
  }

  #act(workspace: SlackWorkspace, view: EmulatedView, act: ElementAct): void {
    const user = this.userIn(workspace, view.userId);
    const payload = viewBlockAction({ workspace, user }, viewBody(workspace, view), act);
    this.deliver({ kind: 'interactive', payload });
  }

  #viewed({ user, team, viewId }: ViewedBy) {
    const workspace = this.#workspaceOfUser(user, team);
    const view = viewId === undefined ? workspace.views.topOf(user) : workspace.views.find(viewId);
    if (view === undefined) throw new Error(`${user} has no view ${viewId ?? 'open'}`);
    if (view.userId !== user) throw new Error(`view ${view.id} is not shown to ${user}`);
    const surface: Surface = { name: `view ${view.id}`, blocks: blocksOf(view.body) };
    return { workspace, view, surface };
  }

  #find(viewId: string) {
    for (const workspace of this.workspaces) {
      const view = workspace.views.find(viewId);
      if (view !== undefined) return { workspace, view };
    }
    throw new Error(`no view ${viewId}`);
  }

  #workspaceOfUser(user: string, team: string | undefined): SlackWorkspace {
    return this.workspaceOf({ user, ...(team === undefined ? {} : { team }) });
  }
}

/** A select with options from the app. */
type Place = (PointedAt | ViewedBy) & { readonly actionId: string };

type ButtonWanted = { readonly actionId: string } | { readonly label: string };

function findField(surface: Surface, field: string): ActedOn {
  const inBlock = elementsOf(surface.blocks).filter(({ blockId }) => blockId === field);
  const [only] = inBlock;
  return inBlock.length === 1 && only !== undefined ? only : findElement(surface, field);
}

function dispatches(surface: Surface, { isInput, blockId }: ActedOn): boolean {
  if (!isInput) return true;
  return surface.blocks.some((block) => block['block_id'] === blockId && block['dispatch_action'] === true);
}
