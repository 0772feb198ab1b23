import pg from 'pg';

const LOCAL = 'postgres://postgres@127.0.0.1:5432/postgres';

/**
 * A PostgreSQL server for the storage tests, which make and drop databases of their own on it: the one in
 * `GUIXU_TEST_DATABASE_URL`, or a local one that lets its superuser in without a password. Null when there is none.
 */
export async function findPostgres(env: NodeJS.ProcessEnv): Promise<string | null> {
  const named = env['GUIXU_TEST_DATABASE_URL'];
  if (named) return named;
  const client = new pg.Client({ connectionString: LOCAL, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return LOCAL;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}
