import { type MongodbDouble, startMongodbDouble } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Collection, MongoClient } from 'mongodb';
import {
  type Operation,
  operationRuns,
  type SmallDocument,
} from '../support/mongo-java-server/arbitrary-operations.ts';
import {
  findJars,
  type SecondOpinion,
  startSecondOpinion,
} from '../support/mongo-java-server/second-opinion.ts';

const RUNS = Number(process.env['MONGODB_DOUBLE_RUNS'] ?? 100);
const FETCH_LIMIT_MS = 320_000;
const jars = findJars();

if (jars.kind === 'missing') {
  process.stderr.write(`SKIPPED: the MongoDB double against mongo-java-server: ${jars.reason}.\n`);
}

const clients: MongoClient[] = [];
let double: MongodbDouble;
let opinion: SecondOpinion;
let collections = 0;

(jars.kind === 'missing' ? describe.skip : describe)('our MongoDB double', () => {
  beforeAll(async () => {
    if (jars.kind === 'missing') return;
    [double, opinion] = await Promise.all([startMongodbDouble(), startSecondOpinion(jars.directory)]);
    for (const { url } of [double, opinion])
      clients.push(await new MongoClient(url, { retryWrites: false }).connect());
  }, FETCH_LIMIT_MS);

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await Promise.all([double.stop(), opinion.stop()]);
  });

  it(
    'answers random operations as the independent implementation does',
    async () => {
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(operationRuns, async ({ unique, operations }) => {
          collections += 1;
          const pair = clients.map((client) =>
            client.db('both').collection<SmallDocument>(`c${collections}`),
          );
          if (unique === 'k')
            await Promise.all(pair.map((one) => one.createIndex({ k: 1 }, { unique: true })));
          if (unique === 'n sparse') {
            await Promise.all(pair.map((one) => one.createIndex({ n: 1 }, { unique: true, sparse: true })));
          }
          for (const operation of operations) {
            const [ours, theirs] = await Promise.all(pair.map((one) => outcome(one, operation)));
            expect({ operation: operation.name, ...ours }).toEqual({ operation: operation.name, ...theirs });
            compared += 1;
          }
        }),
        { numRuns: RUNS },
      );
      process.stdout.write(`${compared} operations compared with mongo-java-server\n`);
      expect(compared).toBeGreaterThan(RUNS);
    },
    FETCH_LIMIT_MS,
  );
});

async function outcome(documents: Collection<SmallDocument>, operation: Operation) {
  const answer = await operation.run(documents).then(
    (value) => ({ value }),
    (error: { readonly code?: unknown; readonly message: string }) => ({ code: error.code ?? error.message }),
  );
  const after = await documents.find({}).sort({ _id: 1 }).toArray();
  return { answer, after };
}
