import type { BsonDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';

/** The stages that mingo runs as the server does. */
const STAGES = new Set([
  '$match',
  '$sort',
  '$group',
  '$project',
  '$limit',
  '$skip',
  '$count',
  '$lookup',
  '$unwind',
  '$addFields',
  '$set',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
  '$facet',
  '$bucket',
  '$sortByCount',
  '$unionWith',
  '$graphLookup',
  '$setWindowFields',
  '$documents',
]);
/** Known to the server, and not to this one. */
const NOT_IMPLEMENTED = new Set([
  '$out',
  '$merge',
  '$changeStream',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$rankFusion',
  '$geoNear',
  '$sample',
  '$redact',
  '$bucketAuto',
  '$densify',
  '$fill',
  '$indexStats',
  '$collStats',
  '$currentOp',
  '$listSessions',
  '$listSearchIndexes',
]);

/** @throws CommandError for a stage that the server does not know, or that this one does not implement. */
export function checkStages(stages: readonly BsonDocument[]): void {
  for (const stage of stages) {
    const [name, ...others] = Object.keys(stage);
    if (name === undefined || others.length > 0) {
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    if (NOT_IMPLEMENTED.has(name))
      throw new CommandError(238, `this server does not implement the stage ${name}`);
    if (!STAGES.has(name)) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}
