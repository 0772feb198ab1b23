import type { Kysely } from 'kysely';

export type Dialect = 'sqlite' | 'postgres';

/** One numbered step that serves both dialects. Steps that were released are never changed. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>;
}
