import type {
  ApiServiceView,
  LimitRangeView,
  PodDisruptionBudgetView,
  ServiceAccountView,
  WebhookConfigurationView,
} from '@jamie/core';
import { aCondition, anObject } from './object-builders.ts';

/** A budget for the pods `app: <name>` that allows one of three to go. */
export function aDisruptionBudget(
  name: string,
  more: Partial<PodDisruptionBudgetView> = {},
): PodDisruptionBudgetView {
  return {
    ...anObject(name),
    kind: 'PodDisruptionBudget',
    selector: { matchLabels: { app: name }, matchExpressions: [] },
    minAvailable: '2',
    maxUnavailable: '',
    expectedPods: 3,
    currentHealthy: 3,
    desiredHealthy: 2,
    disruptionsAllowed: 1,
    conditions: [aCondition('DisruptionAllowed', 'True', { reason: 'SufficientPods' })],
    ...more,
  };
}

export function aLimitRange(name: string, limits: LimitRangeView['limits'] = []): LimitRangeView {
  return { ...anObject(name), kind: 'LimitRange', limits };
}

export function aServiceAccount(name: string, more: Partial<ServiceAccountView> = {}): ServiceAccountView {
  return { ...anObject(name), kind: 'ServiceAccount', pullSecrets: [], ...more };
}

/** A configuration with one webhook, called when pods are made, behind Service `webhook` in namespace `system`. */
export function aWebhookConfiguration(
  kind: WebhookConfigurationView['kind'],
  name: string,
  webhook: Partial<WebhookConfigurationView['webhooks'][number]> = {},
): WebhookConfigurationView {
  return {
    ...anObject(name, { namespace: '' }),
    kind,
    webhooks: [
      {
        name: `${name}.example`,
        service: { namespace: 'system', name: 'webhook', port: 443 },
        failurePolicy: 'Fail',
        timeoutSeconds: 10,
        calledFor: ['create pods'],
        ...webhook,
      },
    ],
  };
}

/** An API that the Service `api` in namespace `system` serves and that is available. */
export function anApiService(name: string, more: Partial<ApiServiceView> = {}): ApiServiceView {
  return {
    ...anObject(name, { namespace: '' }),
    kind: 'APIService',
    service: { namespace: 'system', name: 'api', port: 443 },
    conditions: [aCondition('Available', 'True', { reason: 'Passed' })],
    ...more,
  };
}
