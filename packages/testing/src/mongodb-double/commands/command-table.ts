import type { CommandDefinition } from '../command-context.ts';
import { create, drop, dropDatabase, listCollections, listDatabases } from './catalogue-commands.ts';
import { getMore, killCursors } from './cursor-commands.ts';
import { findAndModify } from './find-and-modify.ts';
import { createIndexes, dropIndexes, listIndexes } from './index-commands.ts';
import { aggregate, count, distinct, find } from './read-commands.ts';
import { buildInfo, hello, ping } from './server-commands.ts';
import { abortTransaction, commitTransaction, endSessions } from './session-commands.ts';
import { insert, remove, update } from './write-commands.ts';

/** Every command that the double implements, by each name that it goes by. All others answer CommandNotFound. */
export const COMMANDS: ReadonlyMap<string, CommandDefinition> = new Map([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['insert', insert],
  ['update', update],
  ['delete', remove],
  ['findAndModify', findAndModify],
  ['find', find],
  ['aggregate', aggregate],
  ['count', count],
  ['distinct', distinct],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['dropIndexes', dropIndexes],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['listCollections', listCollections],
  ['listDatabases', listDatabases],
  ['commitTransaction', commitTransaction],
  ['abortTransaction', abortTransaction],
  ['endSessions', endSessions],
]);
