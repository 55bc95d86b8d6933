/** One card of the timeline. Plain text: whoever writes it to Slack escapes it. */
export interface TaskState {
  readonly id: string;
  readonly title: string;
  readonly status: 'in_progress' | 'complete' | 'error';
  /** Slack appends details to those that a task has already: they are sent once. */
  readonly details?: string;
  readonly output?: string;
}

/** What is shown of work in progress, in its order. */
export type StreamItem =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'task'; readonly task: TaskState };
