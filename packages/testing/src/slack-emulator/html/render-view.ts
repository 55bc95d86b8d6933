import { blocksOf, valuesOf } from '../view-payloads.ts';
import type { EmulatedView } from '../view-store.ts';
import type { SlackWorkspace } from '../workspace.ts';
import { type BlockFilling, blocksHtml } from './block-html.ts';
import { type Html, html } from './html.ts';
import { namesOf } from './message-html.ts';
import { pageHtml } from './page-html.ts';
import { partOf, stringOf } from './part.ts';

/** A page that shows a modal as Slack would, with what was filled in and what the app found wrong with it. */
export function renderView(workspace: SlackWorkspace, view: EmulatedView): string {
  const [title, submit, close] = ['title', 'submit', 'close'].map((key) =>
    stringOf(partOf(view.body[key])['text']),
  );
  const buttons = html`<footer><span class="button">${close || 'Close'}</span>${
    submit === '' ? undefined : html`<span class="button primary">${submit}</span>`
  }</footer>`;
  const body = html`<div class="modal"><h2>${title}</h2>${contentHtml(workspace, view)}${buttons}</div>`;
  return pageHtml(title ?? '', body);
}

/** A page that shows a person's Home tab as Slack would. Throws when nothing was published there. */
export function renderHome(workspace: SlackWorkspace, userId: string): string {
  const view = workspace.views.homeOf(userId);
  if (view === undefined) throw new Error(`the Home tab of ${userId} is empty`);
  const name = namesOf(workspace).user(userId);
  const body = html`<h1>Home <small>as ${name} sees it</small></h1><div class="home">${contentHtml(workspace, view)}</div>`;
  return pageHtml('Home', body);
}

function contentHtml(workspace: SlackWorkspace, view: EmulatedView): readonly Html[] {
  const values = valuesOf(view);
  const filling: BlockFilling = {
    names: namesOf(workspace),
    stateOf: (blockId, actionId) => values[blockId]?.[actionId],
    errorOf: (blockId) => view.errors[blockId],
  };
  return blocksHtml(blocksOf(view.body), filling);
}
