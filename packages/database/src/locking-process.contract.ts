import { writeSync } from 'node:fs';
import { lockDataDirectory } from './data-directory-lock.ts';

// The program that a test kills while it owns a data directory.
const [directory = ''] = process.argv.slice(2);
lockDataDirectory(directory);
writeSync(1, 'locked\n');
setInterval(() => undefined, 1_000);
