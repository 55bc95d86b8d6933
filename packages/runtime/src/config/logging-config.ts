import { z } from 'zod';

/** How much is logged, and for whom: `pretty` for people, `json` for collectors. */
export interface LoggingConfig {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly format: 'pretty' | 'json';
}

export const loggingVariables = z.object({
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe(
      'Least important log lines that are written: debug, info, warn, error or silent. Default: info',
    ),
  LOG_FORMAT: z
    .enum(['pretty', 'json'])
    .default('pretty')
    .describe('pretty for people, json for log collectors. Default: pretty'),
});

/** The logger's configuration from its variables. */
export function toLoggingConfig(values: z.output<typeof loggingVariables>): LoggingConfig {
  return { level: values.LOG_LEVEL, format: values.LOG_FORMAT };
}
