import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { decodeCursor, toPage } from '../paging.ts';
import type { CredentialsTable } from '../tables.ts';
import type { CredentialStore, StoredCredential } from '../types.ts';

const Fields = z.record(z.string(), z.string());

export function createCredentialRepository(database: Database): CredentialStore {
  const { read } = database;
  return {
    async list({ limit, cursor, type }) {
      const from = cursor === undefined ? null : decodeCursor(cursor)[1];
      const found = read
        .selectFrom('credentials')
        .$if(type !== undefined, (select) => select.where('type', '=', type ?? ''));
      const [rows, counted] = await Promise.all([
        found
          .selectAll()
          .$if(from !== null, (select) => select.where('id', '<', from ?? ''))
          .orderBy('id', 'desc')
          .limit(limit + 1)
          .execute(),
        found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
      ]);
      return toPage(rows, {
        limit,
        total: Number(counted.total),
        toItem: toCredential,
        cursorOf: (row) => [row.id, row.id],
      });
    },

    async get(id) {
      const row = await read.selectFrom('credentials').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toCredential(row) : null;
    },

    async insert(credential) {
      await database.atomically((db) => db.insertInto('credentials').values(toRow(credential)).execute());
    },

    async update(credential) {
      const { id, ...changes } = toRow(credential);
      await database.atomically((db) =>
        db.updateTable('credentials').set(changes).where('id', '=', id).execute(),
      );
    },

    async delete(id) {
      const { numDeletedRows } = await database.atomically((db) =>
        db.deleteFrom('credentials').where('id', '=', id).executeTakeFirstOrThrow(),
      );
      return numDeletedRows > 0n;
    },
  };
}

function toRow(credential: StoredCredential) {
  const { id, name, type, fields, secret, createdAt, updatedAt } = credential;
  return {
    id,
    name,
    type,
    fields: JSON.stringify(fields),
    secret: Buffer.from(secret),
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

function toCredential(row: Selectable<CredentialsTable>): StoredCredential {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    fields: Fields.parse(JSON.parse(row.fields)),
    secret: row.secret,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
