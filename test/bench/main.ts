/**
 * `npm run bench` measures everything, `npm run bench -- name…` what is named. A figure that misses its bar is printed
 * like the others; the exit code is non-zero only when a benchmark failed or measured nothing.
 */
import { arch, cpus, platform } from 'node:os';
import { acknowledgementBenchmark } from './acknowledgement.ts';
import { answersBenchmark } from './answers.ts';
import { approveBenchmark } from './approve.ts';
import type { Benchmark } from './benchmark.ts';
import { cacheBenchmark } from './cache.ts';
import { embeddedBenchmark } from './embedded.ts';
import { formatMeasurements } from './format-measurements.ts';
import { queueBenchmark } from './queue.ts';
import { resumeBenchmark } from './resume.ts';
import { sentencesBenchmark } from './sentences.ts';
import { startBenchmark } from './start.ts';

const BENCHMARKS: readonly Benchmark[] = [
  acknowledgementBenchmark,
  answersBenchmark,
  approveBenchmark,
  cacheBenchmark,
  embeddedBenchmark,
  queueBenchmark,
  resumeBenchmark,
  sentencesBenchmark,
  startBenchmark,
];

async function measure(benchmark: Benchmark): Promise<boolean> {
  const began = performance.now();
  try {
    const measurements = await benchmark.run();
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    console.log(`\n## ${benchmark.name} (${seconds} s)\n\n${formatMeasurements(measurements)}`);
    if (measurements.length > 0) return true;
    console.log(`${benchmark.name} measured nothing`);
  } catch (error) {
    console.log(`\n## ${benchmark.name}\n\nfailed, so nothing was measured:`, error);
  }
  return false;
}

const names = process.argv.slice(2);
const known = BENCHMARKS.map(({ name }) => name);
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.log(`there is no benchmark called ${unknown.join(', ')}; there are: ${known.join(', ')}`);
  process.exit(2);
}
const [cpu] = cpus();
console.log(
  `node ${process.version}, ${platform()} ${arch()}, ${cpus().length} x ${cpu?.model ?? 'unknown CPU'}`,
);
let measured = 0;
let failures = 0;
for (const benchmark of BENCHMARKS) {
  if (names.length > 0 && !names.includes(benchmark.name)) continue;
  if (await measure(benchmark)) measured += 1;
  else failures += 1;
}
process.exitCode = failures === 0 && measured > 0 ? 0 : 1;
