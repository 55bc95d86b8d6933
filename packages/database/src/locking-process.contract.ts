import { writeSync } from 'node:fs';
import { lockDataDirectory } from './data-directory-lock.ts';

// The program that a test kills while it owns a data directory.
const [directory = '', sharing] = process.argv.slice(2);
lockDataDirectory(directory, sharing === 'several' ? 'several' : 'one');
writeSync(1, 'locked\n');
setInterval(() => undefined, 1_000);
