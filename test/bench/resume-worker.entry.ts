import { writeSync } from 'node:fs';
import { randomIds } from '@jamie/runtime';
import { openResumeQueue } from './resume-queue.ts';

// A process that the benchmark kills, or one that takes over: takes the job, reports it and never finishes it.
const [place = '', of = ''] = process.argv.slice(2);
const queue = await openResumeQueue(place, of, randomIds);
queue.work({
  'requests.handle': () => {
    writeSync(1, 'has the job\n');
    return new Promise<void>(() => undefined);
  },
});
writeSync(1, 'works\n');
