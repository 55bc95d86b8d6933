import type { Desk } from '@jamie/core';
import { findOfferedCommand, PLAN_ACTIONS, parseCommandValue, parsePlanAction } from '@jamie/slack';
import { OLD_BUTTON, OLD_CHOICE } from './old-button.ts';
import type { Click } from './read-click.ts';

export type ClickedCommand =
  | { readonly kind: 'command'; readonly text: string }
  /** Nothing is to be done; `message` says so to the person. */
  | { readonly kind: 'stale'; readonly message: string };

/**
 * What a click asks for, as if it had been typed. A command that was too long for its button is read from the stored
 * message, and refused when that message offers something else now. Fails like findShown.
 */
export async function findCommand(desk: Desk, click: Click): Promise<ClickedCommand> {
  if (click.actionId === PLAN_ACTIONS.undo) {
    const clicked = parsePlanAction(click.value);
    return clicked === undefined
      ? { kind: 'stale', message: OLD_BUTTON }
      : { kind: 'command', text: `undo ${clicked.planId}` };
  }
  const value = parseCommandValue(click.value);
  if (value === undefined) return { kind: 'stale', message: OLD_CHOICE };
  if (value.kind === 'command') return { kind: 'command', text: value.command };
  const shown = await desk.findShown(value.place.messageId);
  const body = shown?.message.body;
  const text = body?.kind === 'reply' ? findOfferedCommand(body.reply, value) : undefined;
  return text === undefined ? { kind: 'stale', message: OLD_CHOICE } : { kind: 'command', text };
}
