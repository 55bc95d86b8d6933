import type { LabelSelectorView } from './label-selector.ts';
import type { ConditionView, ObjectView } from './object-view.ts';

export interface PodDisruptionBudgetView extends ObjectView {
  readonly kind: 'PodDisruptionBudget';
  readonly selector: LabelSelectorView;
  /** As written: a number or a percentage; empty where not set. */
  readonly minAvailable: string;
  readonly maxUnavailable: string;
  readonly expectedPods: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly disruptionsAllowed: number;
  readonly conditions: readonly ConditionView[];
}

export interface LimitRangeView extends ObjectView {
  readonly kind: 'LimitRange';
  readonly limits: readonly {
    /** `Container`, `Pod` or `PersistentVolumeClaim`. */
    readonly type: string;
    readonly min: Readonly<Record<string, string>>;
    readonly max: Readonly<Record<string, string>>;
    readonly defaultLimits: Readonly<Record<string, string>>;
    readonly defaultRequests: Readonly<Record<string, string>>;
  }[];
}

export interface ServiceAccountView extends ObjectView {
  readonly kind: 'ServiceAccount';
  /** Undefined where it leaves the default, which is to mount its token. */
  readonly mountsToken?: boolean;
  /** Names only; no Secret is ever read. */
  readonly pullSecrets: readonly string[];
}

/** What an admission webhook or an aggregated API stands on. */
export interface ServiceReferenceView {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

export interface WebhookView {
  readonly name: string;
  /** Absent where it is called by URL. */
  readonly service?: ServiceReferenceView;
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly timeoutSeconds: number;
  /** `create pods`, one for each operation and resource that it is called for, with `*` as written. */
  readonly calledFor: readonly string[];
  /** When the first certificate of its bundle expires, in milliseconds since 1970; undefined where that cannot be read. */
  readonly certificateExpiresAt?: number;
}

export interface WebhookConfigurationView extends ObjectView {
  readonly kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration';
  readonly webhooks: readonly WebhookView[];
}

export interface ApiServiceView extends ObjectView {
  readonly kind: 'APIService';
  /** Absent where the API server serves it itself. */
  readonly service?: ServiceReferenceView;
  readonly conditions: readonly ConditionView[];
}
