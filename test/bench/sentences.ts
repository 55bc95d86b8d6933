import { answerRequest, type CommandRequest } from '@jamie/agents';
import { PEOPLE, ReplayWorld } from '../replay/replay-world.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const ROUNDS = 200;
const WARM_UP = 20;
const COMMANDS = [
  'why deploy/checkout -n shop',
  'health shop',
  'pods checkout -n shop',
  'scale deploy/basket 3 -n shop',
  'whoami',
];
const SENTENCE = 'why is checkout crashing in shop?';
/** The command that the sentence becomes: what is left of the difference is the graph's own. */
const SAME_COMMAND = COMMANDS[0] ?? '';

interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** The requests of one text, each with an id of its own, so that no graph is taken up where another ended. */
class Asking {
  readonly #world: ReplayWorld;
  #count = 0;

  constructor(world: ReplayWorld) {
    this.#world = world;
  }

  async cost(text: string, form: 'command' | 'sentence'): Promise<Cost> {
    const asked = await this.#submit(text, form);
    const cpu = process.cpuUsage();
    const began = performance.now();
    await answerRequest(this.#world.context, asked);
    const wallMs = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    return { cpuMs: (user + system) / 1_000, wallMs };
  }

  async #submit(text: string, form: 'command' | 'sentence'): Promise<CommandRequest> {
    this.#count += 1;
    const { store, desk } = this.#world;
    const key = `bench-${this.#count}`;
    const { requestId, conversationId } = await desk.submit({
      idempotencyKey: key,
      principal: PEOPLE.ada,
      place: { surface: 'local', key },
      form,
      text,
    });
    const request = await store.findRequest(requestId);
    const conversation = await store.findConversation(conversationId);
    if (request === undefined || conversation === undefined) throw new Error('the request is not stored');
    return { request, conversation };
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function sample(asking: Asking, text: string, form: 'command' | 'sentence'): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) costs.push(await asking.cost(text, form));
  return costs.slice(WARM_UP);
}

function toMeasurements(label: string, costs: readonly Cost[]): readonly Measurement[] {
  const p50 = percentile(
    costs.map(({ cpuMs }) => cpuMs),
    0.5,
  );
  const isCommand = !label.startsWith('sentence');
  return [
    {
      figure: `${label}: CPU p50`,
      value: p50,
      unit: 'ms',
      ...(isCommand && { bar: '<= 5 ms', met: p50 <= 5 }),
    },
    {
      figure: `${label}: CPU p95`,
      value: percentile(
        costs.map(({ cpuMs }) => cpuMs),
        0.95,
      ),
      unit: 'ms',
    },
    {
      figure: `${label}: wall p50`,
      value: percentile(
        costs.map(({ wallMs }) => wallMs),
        0.5,
      ),
      unit: 'ms',
    },
    {
      figure: `${label}: wall p95`,
      value: percentile(
        costs.map(({ wallMs }) => wallMs),
        0.95,
      ),
      unit: 'ms',
    },
  ];
}

async function run(): Promise<readonly Measurement[]> {
  const world = new ReplayWorld(undefined);
  const asking = new Asking(world);
  try {
    const commands = new Map<string, readonly Cost[]>();
    for (const text of COMMANDS) commands.set(text, await sample(asking, text, 'command'));
    const residentBefore = process.memoryUsage().rss;
    const first = await asking.cost(SENTENCE, 'sentence');
    const graphMebibytes = (process.memoryUsage().rss - residentBefore) / 1024 ** 2;
    const sentences = await sample(asking, SENTENCE, 'sentence');
    const own =
      percentile(
        sentences.map(({ cpuMs }) => cpuMs),
        0.5,
      ) -
      percentile(
        (commands.get(SAME_COMMAND) ?? []).map(({ cpuMs }) => cpuMs),
        0.5,
      );
    return [
      { figure: 'samples of each text', value: ROUNDS, unit: '' },
      ...[...commands].flatMap(([text, costs]) => toMeasurements(text, costs)),
      ...toMeasurements(`sentence "${SENTENCE}"`, sentences),
      { figure: "the graph's own CPU for a sentence, p50", value: own, unit: 'ms' },
      { figure: 'the first sentence, which loads the graph library: wall', value: first.wallMs, unit: 'ms' },
      { figure: 'the first sentence: resident memory that it adds', value: graphMebibytes, unit: 'MiB' },
    ];
  } finally {
    await world.destroy();
  }
}

/** B10: what a typed command costs before and after the cluster, and what a graph adds to a sentence. */
export const sentencesBenchmark: Benchmark = { name: 'sentences', run };
