import type { Principal } from '@jamie/core';
import type { HealingContext } from '@jamie/healing';
import { type RemedyContext, remedyInPlaces } from './remedy-in-places.ts';
import { reportCase } from './report-case.ts';
import { reportConversation } from './report-conversation.ts';
import { reportPlacesOf } from './report-places.ts';

/** In whose name people are told where nobody may act by itself. Such a request is answered from the start. */
const NOBODY: Principal = {
  id: 'automation:self-healing',
  displayName: 'Self-healing',
  kubernetes: { user: 'jamie-scarlet:self-healing', groups: [] },
  source: 'automation',
};

/** What lets self-healing speak to people: where, and the messages and cards themselves. */
export function createHealingReports(
  context: RemedyContext,
  automation: HealingContext['automation'],
): Pick<HealingContext, 'conversationFor' | 'report' | 'operations'> {
  return {
    conversationFor: (_healingCase, autonomy) => reportConversation(context, reportPlacesOf(autonomy)[0]),
    report: (report) => reportCase(context, report, automation() ?? NOBODY),
    operations: { remedy: (request) => remedyInPlaces(context, request) },
  };
}
