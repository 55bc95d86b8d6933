import { DatabaseSync } from 'node:sqlite';

const INSERT_REQUEST = `INSERT INTO requests (id, version, record) VALUES ('r_damaged', 1, '{"status": "open", "receivedAt": 0}')`;
const INSERT_SCHEMA =
  'INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)';
const SCHEMA_COLUMNS = ['type', 'name', 'tbl_name', 'rootpage', 'sql'];

/**
 * Leaves an entry in the index of open requests whose row is gone, as a page that the disk lost may: no check of SQLite
 * sees it, since the index is a partial one, and whoever lists them meets it. Nobody else may have the file open.
 */
export function damageRequestIndex(path: string): void {
  const entry = editSchema(path, (database) => {
    database.exec(INSERT_REQUEST);
    const found = database.prepare("SELECT * FROM sqlite_schema WHERE name = 'requests_open'").get();
    database.exec("DELETE FROM sqlite_schema WHERE name = 'requests_open'");
    return SCHEMA_COLUMNS.map((column) => found?.[column] ?? null);
  });
  editSchema(path, (database) => {
    database.exec("DELETE FROM requests WHERE id = 'r_damaged'");
    database.prepare(INSERT_SCHEMA).run(...entry);
  });
}

function editSchema<Result>(path: string, edit: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(path);
  try {
    database.enableDefensive(false);
    database.exec('PRAGMA writable_schema = ON');
    const result = edit(database);
    database.exec('PRAGMA writable_schema = RESET');
    return result;
  } finally {
    database.close();
  }
}
