import type { Row } from './sql-database.ts';

/** Rows that are given at a time: as many as an item list keeps together, fewer where they are large. */
const MOST_ROWS = 1000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Rows that come one by one, gathered to be given some at a time. */
export class RowBatch {
  #rows: Row[] = [];
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** Whether it is time to give them. */
  add(row: Row): boolean {
    this.#rows.push(row);
    for (const value of Object.values(row))
      this.#bytes += typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
    return this.#rows.length >= MOST_ROWS || this.#bytes >= MOST_BYTES;
  }

  /** The rows so far; it is empty afterwards. */
  take(): Row[] {
    this.#bytes = 0;
    return this.#rows.splice(0);
  }
}
