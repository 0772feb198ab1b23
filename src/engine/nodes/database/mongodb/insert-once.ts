import { createHash } from 'node:crypto';
import { BSON, MongoServerError, ObjectId, type Collection, type Document } from 'mongodb';

const DUPLICATE_KEY = 11_000;
const ID_BYTES = 12;

/**
 * Inserts the document and gives it with its `_id`. One without gets an `_id` made from the key. A document that is
 * there already, just so, was inserted before: a repeat adds no second one and does not fail.
 */
export async function insertOnce(
  collection: Pick<Collection, 'insertOne' | 'findOne'>,
  document: Document,
  key: string,
): Promise<Document> {
  const made = document['_id'] === undefined ? { _id: idFrom(key), ...document } : document;
  try {
    await collection.insertOne(made);
  } catch (error) {
    if (!isTakenId(error)) throw error;
    const stored = await collection.findOne({ _id: made['_id'] as ObjectId });
    if (!stored || textOf(stored) !== textOf(made)) throw error;
  }
  return made;
}

function idFrom(key: string): ObjectId {
  return new ObjectId(createHash('sha256').update(key).digest().subarray(0, ID_BYTES));
}

const textOf = (document: Document) => BSON.EJSON.stringify(document, { relaxed: false });

/** Another unique index may refuse it too; then nothing was inserted. */
function isTakenId(error: unknown): boolean {
  if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) return false;
  return Object.keys((error['keyPattern'] as object | undefined) ?? {}).join() === '_id';
}
