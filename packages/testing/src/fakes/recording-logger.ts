import type { LogFields, Logger } from '@jamie/core';

export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** Keeps what was logged. Children write into the same `entries`, with their fields added. */
export class RecordingLogger implements Logger {
  readonly entries: LogEntry[];
  readonly #fields: LogFields;

  constructor(entries: LogEntry[] = [], fields: LogFields = {}) {
    this.entries = entries;
    this.#fields = fields;
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#record('debug', message, fields);
  }

  info(message: string, fields: LogFields = {}): void {
    this.#record('info', message, fields);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#record('warn', message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#record('error', message, fields);
  }

  child(fields: LogFields): Logger {
    return new RecordingLogger(this.entries, { ...this.#fields, ...fields });
  }

  /** The messages of one level, in order. */
  messages(level: LogEntry['level']): readonly string[] {
    return this.entries.filter((entry) => entry.level === level).map((entry) => entry.message);
  }

  #record(level: LogEntry['level'], message: string, fields: LogFields): void {
    this.entries.push({ level, message, fields: { ...this.#fields, ...fields } });
  }
}
