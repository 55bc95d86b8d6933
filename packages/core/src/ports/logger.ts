export type LogFields = Readonly<Record<string, unknown>>;

/** A constant phrase and its data. Never a secret, never an interpolated message. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to everything it writes. */
  child(fields: LogFields): Logger;
}
