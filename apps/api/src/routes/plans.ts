import { z } from 'zod';
import type { ApiContext } from '../api-options.ts';
import { defineRoute, type Route } from '../route.ts';
import {
  ballotResultSchema,
  ballotSchema,
  planCardSchema,
  planIdParameterSchema,
} from '../schemas/plan-card-schema.ts';

/** Where plans are read and decided. */
export function planRoutes({ desk, metrics }: ApiContext): readonly Route[] {
  const params = z.object({ planId: planIdParameterSchema });
  return [
    defineRoute({
      method: 'get',
      path: '/v1/plans/{planId}',
      operationId: 'readPlan',
      summary: 'The card of a plan as it stands now.',
      params,
      answers: { 200: { description: 'The card.', schema: planCardSchema } },
      async handle({ params: { planId } }) {
        const body: z.input<typeof planCardSchema> = await desk.readCard(planId);
        return { status: 200, body };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/plans/{planId}/votes',
      operationId: 'voteOnPlan',
      summary:
        'Approve or deny. 200 when the vote stands, decisive or not; 409 with the reason when it does not.',
      params,
      body: ballotSchema,
      answers: {
        200: { description: 'The vote stands.', schema: ballotResultSchema },
        409: { description: 'The vote does not stand; the message says why.', schema: ballotResultSchema },
      },
      async handle({ params: { planId }, body, person }) {
        const { decision, planHash, reason } = body;
        const result = await desk.vote({
          planId,
          principal: person,
          decision,
          ...(planHash === undefined ? {} : { planHash }),
          ...(reason === undefined ? {} : { reason }),
        });
        metrics.increment('jamie_votes_total', { surface: 'local', decision, result: result.kind });
        const card = await desk.readCard(planId);
        return { status: result.kind === 'counted' ? 200 : 409, body: { ...result, card } };
      },
    }),
  ];
}
