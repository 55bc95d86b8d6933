/** How an option is typed and explained. `value`: it needs one; `flag`: it has none; `optional`: it may have one. */
interface OptionDefinition {
  readonly flags: readonly string[];
  readonly takes: 'value' | 'flag' | 'optional';
  /** What stands for the value in help. */
  readonly placeholder: string;
  readonly example: string;
}

/** Every option of every command, spelt the same everywhere; as kubectl spells it where kubectl has it. */
export const OPTIONS = {
  namespace: { flags: ['-n', '--namespace'], takes: 'value', placeholder: 'NAMESPACE', example: 'payments' },
  all: { flags: ['-A', '--all-namespaces'], takes: 'flag', placeholder: '', example: '' },
  cluster: { flags: ['--cluster'], takes: 'value', placeholder: 'NAME', example: 'prod-eu' },
  container: { flags: ['-c', '--container'], takes: 'value', placeholder: 'CONTAINER', example: 'app' },
  previous: { flags: ['-p', '--previous'], takes: 'flag', placeholder: '', example: '' },
  since: { flags: ['--since'], takes: 'value', placeholder: 'TIME', example: '10m' },
  tail: { flags: ['--tail'], takes: 'value', placeholder: 'LINES', example: '100' },
  grep: { flags: ['--grep', '-g'], takes: 'value', placeholder: 'TEXT', example: 'timeout' },
  follow: { flags: ['-f', '--follow'], takes: 'optional', placeholder: 'TIME', example: '30s' },
  page: { flags: ['--page'], takes: 'value', placeholder: 'N', example: '2' },
  unhealthy: { flags: ['--unhealthy'], takes: 'flag', placeholder: '', example: '' },
  lint: { flags: ['--lint'], takes: 'flag', placeholder: '', example: '' },
  warnings: { flags: ['--warnings'], takes: 'flag', placeholder: '', example: '' },
  by: { flags: ['--by'], takes: 'value', placeholder: 'cpu|memory', example: 'memory' },
  chart: { flags: ['--chart'], takes: 'flag', placeholder: '', example: '' },
  from: { flags: ['--from', '--from-revision'], takes: 'value', placeholder: 'REVISION', example: '2' },
  to: { flags: ['--to', '--to-revision'], takes: 'value', placeholder: 'REVISION', example: '3' },
  for: { flags: ['--for'], takes: 'value', placeholder: 'me|channel', example: 'me' },
  cpu: { flags: ['--cpu'], takes: 'value', placeholder: 'AMOUNT', example: '250m' },
  memory: { flags: ['--memory'], takes: 'value', placeholder: 'AMOUNT', example: '512Mi' },
  limitCpu: { flags: ['--limit-cpu'], takes: 'value', placeholder: 'AMOUNT', example: '1' },
  limitMemory: { flags: ['--limit-memory'], takes: 'value', placeholder: 'AMOUNT', example: '1Gi' },
  min: { flags: ['--min'], takes: 'value', placeholder: 'N', example: '2' },
  max: { flags: ['--max'], takes: 'value', placeholder: 'N', example: '8' },
  clear: { flags: ['--clear'], takes: 'flag', placeholder: '', example: '' },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

export type OptionName = keyof typeof OPTIONS;

/** The option that is typed like this; undefined when there is none. */
export function findOption(flag: string): OptionName | undefined {
  const names = Object.keys(OPTIONS) as readonly OptionName[];
  return names.find((name) => (OPTIONS[name].flags as readonly string[]).includes(flag));
}

/** `-n NAMESPACE`, `--previous`, `--follow [TIME]`. */
export function describeOption(name: OptionName): string {
  const { flags, takes, placeholder } = OPTIONS[name];
  const flag = flags[0];
  if (takes === 'flag') return flag;
  return takes === 'value' ? `${flag} ${placeholder}` : `${flag} [${placeholder}]`;
}
