import { formatEdit } from '@jamie/core';
import { renderEditPlanModal } from '@jamie/slack';
import type { BlockAction } from '@slack/bolt';
import { openModal } from '../../answers/open-modal.ts';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { ListenerContext } from '../listener-context.ts';
import { OTHER_VERSION } from './other-version.ts';
import { readPlanClick } from './read-plan-click.ts';
import { tellRefusal } from './tell-refusal.ts';

/** Shows whoever may edit a plan what there is to edit. */
export async function onEditClick(context: ListenerContext, body: BlockAction): Promise<void> {
  const clicked = await readPlanClick(context, body);
  if (clicked === undefined) return;
  const { click, clicker, action } = clicked;
  const { principal, workspace, recipient } = clicker;
  const reading = await context.desk.readEdit(action.planId, principal);
  if (reading.kind === 'refused') return tellRefusal(context, clicker, action.planId, reading.message);
  if (reading.form.planHash !== action.planHash) {
    return tellRefusal(context, clicker, action.planId, OTHER_VERSION);
  }
  const place = { channelId: click.channelId, threadTs: click.threadTs };
  const outcome = await openModal(
    workspace.client,
    click.triggerId,
    renderEditPlanModal(reading.form, place),
  );
  if (outcome === 'opened') return;
  const values = Object.fromEntries(reading.form.fields.map(({ name, value }) => [name, value || '1']));
  const typed = `/jamie ${formatEdit(action.planId, values)}`;
  const told = `I could not show you the form in time. Click Edit again, or type ${typed} with your own number.`;
  await tellPrivately(workspace.client, recipient, told);
}
