import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '@jamie/core';
import { MongoClient } from 'mongodb';
import type { QuickTrial } from '../quick-trial.ts';
import type { FullPlace } from '../storage.ts';

/** A plan as it is stored, with whatever a newer version may have put into it. */
export type StoredPlan = JsonObject & { readonly version: number; readonly status: string };

/** What becomes of a plan; undefined: it stays as it is. */
export type PlanChange = (plan: StoredPlan) => StoredPlan | undefined;

/** The data of a trial as other code than this one sees it, past the store. */
export interface StoredData {
  /** Marks the whole as written by code that is so many schemas newer. */
  raiseSchema(by: number): Promise<void>;
  /**
   * Writes a plan anew as another process does: with the next version, and not over a write of somebody else. False:
   * there is no such plan, or `change` gave none.
   */
  changePlan(planId: string, change: PlanChange): Promise<boolean>;
  /** All that is stored, or only what is kept under these names. */
  contents(only?: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/** Opens the data of a trial, whichever pair it is on. */
export async function openStoredData(trial: QuickTrial): Promise<StoredData> {
  const place = await trial.place();
  return place.pair === 'embedded' ? openFile(trial.directory) : openDatabase(place);
}

/** The plan that takes the place of a stored one. */
function nextOf(stored: string, change: PlanChange): StoredPlan | undefined {
  const plan = JSON.parse(stored) as StoredPlan;
  const next = change(plan);
  return next && { ...next, version: plan.version + 1 };
}

function openFile(directory: string): StoredData {
  const file = new DatabaseSync(join(directory, 'jamie.db'), { timeout: 5_000 });
  return {
    async raiseSchema(by) {
      const version = Number(file.prepare('PRAGMA user_version').get()?.['user_version']);
      file.exec(`PRAGMA user_version = ${version + by}`);
    },
    async changePlan(planId, change) {
      file.exec('BEGIN IMMEDIATE');
      const row = file.prepare('SELECT record FROM plans WHERE id = ?').get(planId);
      const plan = row === undefined ? undefined : nextOf(String(row['record']), change);
      if (plan !== undefined)
        file
          .prepare('UPDATE plans SET record = ?, version = ?, status = ? WHERE id = ?')
          .run(JSON.stringify(plan), plan.version, plan.status, planId);
      file.exec('COMMIT');
      return plan !== undefined;
    },
    async contents(only) {
      const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
      const names = tables.map(({ name }) => String(name)).filter((name) => only?.includes(name) ?? true);
      const rows = names.map((name) => [name, file.prepare(`SELECT * FROM "${name}"`).all()]);
      return JSON.stringify([file.prepare('PRAGMA user_version').get(), rows]);
    },
    close: async () => file.close(),
  };
}

async function openDatabase({ mongodbUrl, database: name }: FullPlace): Promise<StoredData> {
  const client = await new MongoClient(mongodbUrl).connect();
  const database = client.db(name);
  const plans = database.collection<{ readonly _id: string; readonly version: number }>('plans');
  return {
    async raiseSchema(by) {
      await database.collection('migrations').updateOne({}, { $inc: { version: by } });
    },
    async changePlan(planId, change) {
      for (;;) {
        const document = await plans.findOne({ _id: planId });
        if (document === null) return false;
        const plan = nextOf(String((document as JsonObject)['record']), change);
        if (plan === undefined) return false;
        const { version, status } = plan;
        const { modifiedCount } = await plans.updateOne(
          { _id: planId, version: document.version },
          { $set: { record: JSON.stringify(plan), version, status } },
        );
        if (modifiedCount === 1) return true;
      }
    },
    async contents(only) {
      const listed = await database.listCollections({}, { nameOnly: true }).toArray();
      const names = listed.map((each) => each.name).filter((each) => only?.includes(each) ?? true);
      const documents = await Promise.all(
        names.sort().map(async (each) => [each, await database.collection(each).find().toArray()]),
      );
      return JSON.stringify(documents);
    },
    close: () => client.close(),
  };
}
