import { type ClientConfig, loadClientConfig } from '@jamie/runtime';
import { ApiClient, findApi } from './api-client.ts';
import { cleanDeep, toSafeJson } from './clean-text.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Paper } from './render/render-reply.ts';
import { createStyle } from './render/style.ts';
import type { Terminal } from './terminal.ts';

/** What every command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly paper: Paper;
  /** Finds the running API. Throws unavailable when there is none. */
  connect(): Promise<ApiClient>;
  /** Prints a value: as JSON for scripts, or as `render` lays it out for people, cleaned before. */
  print<Value>(value: Value, render: (value: Value) => string, options: OutputOptions): void;
  /** Says how the command ended; the last word counts. */
  end(code: ExitCode): void;
}

export interface OutputOptions {
  readonly json?: boolean;
}

/** Makes the context of one run. Throws config_invalid. */
export function createCommandContext(terminal: Terminal, end: (code: ExitCode) => void): CommandContext {
  const config: ClientConfig = loadClientConfig(terminal.environment);
  const paper: Paper = {
    style: createStyle(terminal.isInteractive && !config.noColor),
    columns: terminal.columns,
  };
  return {
    terminal,
    paper,
    end,
    connect: async () => new ApiClient(await findApi(config)),
    print(value, render, { json }) {
      terminal.writeOut(`${json === true ? toSafeJson(value) : render(cleanDeep(value))}\n`);
    },
  };
}
