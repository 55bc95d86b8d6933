import type { Proposal, Reply } from '@jamie/core';
import type { KnownBlock } from '@slack/types';
import { contextLine, fitContent, type SlackContent, sections } from './content.ts';
import { bold, codeSpan, escapeText } from './mrkdwn.ts';
import { renderSection } from './reply-sections.ts';

/**
 * A reply as a message. Pure. The headline comes first and is also the notification text; refusals and errors
 * look like answers and differ in words alone; an error ends with the reference that a person quotes.
 */
export function renderReply(reply: Reply): SlackContent {
  return fitContent({
    summary: reply.headline,
    head: sections(bold(reply.headline)),
    body: [...reply.sections.flatMap(renderSection), ...renderProposals(reply.proposals)],
    foot: renderReference(reply.referenceId),
  });
}

/** A plain sentence or two, for messages without structure. Pure. */
export function renderText(text: string): SlackContent {
  return fitContent({ summary: text, head: [], body: sections(escapeText(text)), foot: [] });
}

function renderProposals(proposals: readonly Proposal[]): readonly KnownBlock[] {
  if (proposals.length === 0) return [];
  const lines = proposals.map((proposal) => `• ${bold(proposal.label)}: ${escapeText(proposal.advice)}`);
  return sections([bold('What could be done'), ...lines].join('\n'));
}

function renderReference(referenceId: string | undefined): readonly KnownBlock[] {
  return referenceId === undefined ? [] : contextLine(`Reference ${codeSpan(referenceId)}`);
}
