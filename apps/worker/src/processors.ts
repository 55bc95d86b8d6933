import {
  type AgentsContext,
  advanceScarlet,
  followLog,
  handleRequest,
  resumeScarlet,
  showMessage,
} from '@jamie/agents';
import type {
  JobContext,
  JobProcessor,
  JsonObject,
  MessageId,
  Notifier,
  PlanId,
  RequestId,
} from '@jamie/core';

/** What the worker pool does for each job of the catalog. Payloads were checked against the catalog's schemas. */
export function createProcessors(
  context: AgentsContext,
  findNotifier: () => Notifier | undefined,
): Readonly<Record<string, JobProcessor>> {
  const { operations } = context;
  return {
    'requests.handle': (payload, job) =>
      handleRequest(context, payload['requestId'] as RequestId, isLastAttempt(job), job.signal),
    'requests.follow': (payload, job) => followLog(context, payload, isLastAttempt(job)),
    'operations.execute': (payload, job) => operations.execute(planIdOf(payload), job.signal),
    'operations.verify': (payload) => operations.verify(planIdOf(payload), payload['tick'] as number),
    'operations.rollback': (payload, job) => operations.rollBack(planIdOf(payload), job.signal),
    'operations.expire': (payload) => operations.expire(planIdOf(payload)),
    'agents.wait': (payload) => advanceScarlet(context, planIdOf(payload)),
    'agents.resume': (payload) => resumeScarlet(context, planIdOf(payload)),
    'notifications.show': (payload, job) =>
      showMessage(context, findNotifier(), payload['messageId'] as MessageId, isLastAttempt(job)),
  };
}

function planIdOf(payload: JsonObject): PlanId {
  return payload['planId'] as PlanId;
}

function isLastAttempt(job: JobContext): boolean {
  return job.attempt >= job.maxAttempts;
}
