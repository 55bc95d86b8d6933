import { redactApiText } from './redact-api-text.ts';

export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** What the API server says when it refuses, read without trust. */
export interface ApiStatus {
  readonly message: string;
  readonly reason: string;
  readonly causes: readonly StatusCause[];
}

/** A field of an applied manifest that belongs to another manager. */
export interface FieldConflict {
  readonly field: string;
  readonly manager: string;
  readonly message: string;
}

const MOST_CAUSES = 100;

/** Reads the body of a refusal. Total: what is no Status is its own message. */
export function parseStatus(body: string): ApiStatus {
  try {
    const value = JSON.parse(body) as { message?: unknown; reason?: unknown; details?: { causes?: unknown } };
    if (typeof value === 'object' && value !== null) {
      const causes = value.details?.causes;
      return {
        message: textOf(value.message),
        reason: textOf(value.reason),
        causes: Array.isArray(causes) ? causes.slice(0, MOST_CAUSES).map(parseCause) : [],
      };
    }
  } catch {
    // Proxies and aggregated APIs answer in plain text or HTML: the text itself is the message.
  }
  return { message: body.replaceAll(/<[^>]*>/g, ' ').trim(), reason: '', causes: [] };
}

/** The conflicts of a server-side apply, as the causes of its 409 name them. */
export function conflictsOf(status: ApiStatus): readonly FieldConflict[] {
  return status.causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ field, message }) => ({
      field: redactApiText(field),
      manager: redactApiText(/"((?:\\.|[^"\\])*)"/.exec(message)?.[1] ?? ''),
      message: redactApiText(message),
    }));
}

/** What the disruption budget says that does not allow an eviction now; undefined when there is none. */
export function budgetRefusalOf(status: ApiStatus): string | undefined {
  const cause = status.causes.find(({ reason }) => reason === 'DisruptionBudget');
  if (cause === undefined) return undefined;
  return cause.message === '' ? status.message : cause.message;
}

function parseCause(value: unknown): StatusCause {
  const { reason, message, field } = (value ?? {}) as Partial<Record<keyof StatusCause, unknown>>;
  return { reason: textOf(reason), message: textOf(message), field: textOf(field) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
