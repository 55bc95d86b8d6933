import {
  formatCommand,
  type MessageId,
  type Proposal,
  type Reply,
  type ReplyChart,
  type ReplyFile,
} from '@jamie/core';
import type { Button, KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../limits.ts';
import { type ContentParts, contextLine, fitContent, type SlackContent, sections } from './content.ts';
import { bold, codeSpan, elide, escapeText } from './mrkdwn.ts';
import { renderChoice, renderFollowUps } from './offers-view.ts';
import { COMMAND_ACTION } from './plan-action.ts';
import { renderSection } from './reply-sections.ts';

/** More buttons than this are no help at three in the morning. */
const SHOWN_BUTTONS = 3;

const FILE_NOTES_CHARACTERS = 1_500;
const NAMED_FILES = 5;
const FILE_NAME_CHARACTERS = 60;
const REFERENCE_CHARACTERS = 100;
const SHOWN_CHARTS = 2;
const CHART_CHARACTERS = 500;

/**
 * A reply as a message. Pure. The headline comes first and is also the notification text; refusals and errors
 * look like answers and differ in words alone; an error ends with the reference that a person quotes. `messageId`
 * is where a button finds a command that is too long for it; `fileNotes` say which files could not be attached.
 */
export function renderReply(
  reply: Reply,
  messageId: MessageId,
  fileNotes: readonly string[] = [],
): SlackContent {
  return fitContent(replyParts(reply, messageId, fileNotes));
}

/** The same before it is known how many messages it takes. Code is shown in full where no file holds it. Pure. */
export function replyParts(reply: Reply, messageId: MessageId, fileNotes: readonly string[]): ContentParts {
  const hasFiles = (reply.files ?? []).length > 0;
  return {
    summary: reply.headline,
    head: sections(bold(reply.headline)),
    body: [
      ...reply.sections.flatMap((section) => renderSection(section, hasFiles)),
      ...renderProposals(reply.proposals),
    ],
    foot: [
      ...(reply.choice === undefined ? [] : renderChoice(reply.choice, messageId)),
      ...renderFollowUps(reply.followUps ?? [], messageId),
      ...renderAttached(reply, fileNotes),
      ...renderReference(reply.referenceId),
    ],
  };
}

/** A plain sentence or two, for messages without structure. Pure. */
export function renderText(text: string): SlackContent {
  return fitContent(textParts(text));
}

/** The same before it is known how many messages it takes. Pure. */
export function textParts(text: string): ContentParts {
  return { summary: text, head: [], body: sections(escapeText(text)), foot: [] };
}

function renderProposals(proposals: readonly Proposal[]): readonly KnownBlock[] {
  if (proposals.length === 0) return [];
  const lines = proposals.map((proposal) => `• ${bold(proposal.label)}: ${escapeText(proposal.advice)}`);
  return [...sections([bold('What could be done'), ...lines].join('\n')), ...renderPlanButtons(proposals)];
}

/** A button asks for a plan and changes nothing; equal commands share one, because action ids must differ. */
function renderPlanButtons(proposals: readonly Proposal[]): readonly KnownBlock[] {
  const commands = new Map<string, string>();
  for (const { label, operation } of proposals) {
    if (operation !== undefined) commands.set(formatCommand(operation), label);
  }
  const elements = [...commands].slice(0, SHOWN_BUTTONS).map(
    ([command, label], index): Button => ({
      type: 'button',
      action_id: `${COMMAND_ACTION}.${index}`,
      text: {
        type: 'plain_text',
        text: elide(`Plan: ${escapeText(label)}`, SLACK_LIMITS.buttonText),
        emoji: false,
      },
      value: command.slice(0, SLACK_LIMITS.buttonValue),
    }),
  );
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** What follows in the thread, or why it does not. */
function renderAttached({ files = [], charts = [] }: Reply, notes: readonly string[]): readonly KnownBlock[] {
  if (files.length + charts.length === 0) return [];
  if (notes.length > 0) return contextLine(elide(notes.map(escapeText).join('\n'), FILE_NOTES_CHARACTERS));
  return [...renderFiles(files), ...renderCharts(charts)];
}

function renderFiles(files: readonly ReplyFile[]): readonly KnownBlock[] {
  if (files.length === 0) return [];
  const names = files.slice(0, NAMED_FILES).map(({ name }) => codeSpan(name.slice(0, FILE_NAME_CHARACTERS)));
  const more = files.length > NAMED_FILES ? ` and ${files.length - NAMED_FILES} more` : '';
  return contextLine(`In full as a file in this thread: ${names.join(', ')}${more}`);
}

/** What the pictures show, also for those who do not see them. */
function renderCharts(charts: readonly ReplyChart[]): readonly KnownBlock[] {
  return charts
    .slice(0, SHOWN_CHARTS)
    .flatMap(({ description }) =>
      contextLine(`As a chart in this thread: ${elide(escapeText(description), CHART_CHARACTERS)}`),
    );
}

function renderReference(referenceId: string | undefined): readonly KnownBlock[] {
  if (referenceId === undefined) return [];
  return contextLine(`Reference ${codeSpan(referenceId.slice(0, REFERENCE_CHARACTERS))}`);
}
