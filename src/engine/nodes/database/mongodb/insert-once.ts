import { createHash } from 'node:crypto';
import { MongoServerError, ObjectId, type Collection, type Document } from 'mongodb';

const DUPLICATE_KEY = 11_000;
const ID_BYTES = 12;

/**
 * Inserts the document and gives it with its `_id`. One without gets an `_id` made from the key, so that a repeat finds
 * it there and adds no second one.
 */
export async function insertOnce(
  collection: Pick<Collection, 'insertOne'>,
  document: Document,
  key: string,
): Promise<Document> {
  const hasOwnId = document['_id'] !== undefined;
  const made = hasOwnId
    ? document
    : { _id: new ObjectId(createHash('sha256').update(key).digest().subarray(0, ID_BYTES)), ...document };
  try {
    await collection.insertOne(made);
  } catch (error) {
    if (hasOwnId || !isTakenId(error)) throw error;
  }
  return made;
}

/** Another unique index may refuse it too; then nothing was inserted. */
function isTakenId(error: unknown): boolean {
  if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) return false;
  return Object.keys((error['keyPattern'] as object | undefined) ?? {}).join() === '_id';
}
