import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Canary, canariesIn } from './canary.ts';

/** A canary that came out, and where: `plans.record: env DB_PASSWORD`. */
export type Leak = string;

/** What one text of a sink gives away. */
export function leaksIn(sink: string, text: string, canaries: readonly Canary[]): readonly Leak[] {
  return canariesIn(text, canaries).map((name) => `${sink}: ${name}`);
}

/** What stands in the tables of a database, by table and column. */
export function leaksInTables(path: string, canaries: readonly Canary[]): readonly Leak[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .all()
      .map(({ name }) => String(name));
    return tables.flatMap((table) => leaksInTable(database, table, canaries));
  } finally {
    database.close();
  }
}

function leaksInTable(database: DatabaseSync, table: string, canaries: readonly Canary[]): readonly Leak[] {
  const leaks = new Set<Leak>();
  for (const row of database.prepare(`SELECT * FROM "${table}"`).iterate()) {
    for (const [column, value] of Object.entries(row)) {
      const text = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
      for (const leak of leaksIn(`${table}.${column}`, text, canaries)) leaks.add(leak);
    }
  }
  return [...leaks];
}

/** What stands in the bytes of the files beneath a directory, the write-ahead log of a database included. */
export function leaksInFiles(directory: string, canaries: readonly Canary[]): readonly Leak[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(file.parentPath, file.name)).toString('latin1');
    return leaksIn(file.name, text, canaries);
  });
}
