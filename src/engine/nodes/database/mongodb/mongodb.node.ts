import type { Collection, Document } from 'mongodb';
import type { Item } from '../../../../contract/index.ts';
import { fromMongo, mongodbConnector, mongodbFailure, toMongo } from '../../../connectors/mongodb/index.ts';
import { defineNode, MAIN_PORT, NodeError, param, type ItemList } from '../../../node-kit/index.ts';
import { bindQuery } from './bind-query.ts';
import { insertOnce } from './insert-once.ts';

const READS = ['find', 'aggregate', 'count'];
const WITH_FILTER = { operation: ['find', 'count', 'update', 'replace', 'delete', 'find-and-update'] };
const WITH_UPDATE = { operation: ['update', 'find-and-update'] };
const WITH_DOCUMENT = { operation: ['insert', 'replace'] };
const FIND = { operation: ['find'] };
/** Stages of a pipeline that store what it gives. */
const WRITING_STAGE = /"\$(out|merge)"/;
/** Documents that become items at a time. */
const CHUNK = 500;

const json = (options: { default: string; visibleWhen: Record<string, string[]> }) =>
  param.code({ language: 'json', ...options });

export const mongodb = defineNode({
  type: 'mongodb',
  version: 1,
  group: 'database',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['mongo', 'nosql', 'document', 'database', '文档数据库', '数据库'],
  credentials: [{ name: 'mongodb', types: ['mongodb'], required: true }],
  parameters: {
    operation: param.select({
      options: [
        ...(['find', 'aggregate', 'count', 'insert', 'update', 'replace', 'delete'] as const),
        'find-and-update',
      ],
      default: 'find',
      expression: false,
    }),
    collection: param.string({ required: true }),
    filter: json({ default: '{}', visibleWhen: WITH_FILTER }),
    pipeline: json({ default: '[]', visibleWhen: { operation: ['aggregate'] } }),
    update: json({ default: '{ "$set": {} }', visibleWhen: WITH_UPDATE }),
    document: json({ default: '={{ $json }}', visibleWhen: WITH_DOCUMENT }),
    many: param.boolean({ visibleWhen: { operation: ['update', 'delete'] } }),
    upsert: param.boolean({ visibleWhen: { operation: ['update', 'replace', 'find-and-update'] } }),
    sort: json({ default: '{}', visibleWhen: FIND }),
    projection: json({ default: '{}', visibleWhen: FIND }),
    skip: param.number({ default: 0, min: 0, integer: true, visibleWhen: FIND }),
    limit: param.number({ default: 0, min: 0, integer: true, visibleWhen: FIND }),
    format: param.select({ options: ['plain', 'extended'], default: 'plain' }),
  },
  effect: ({ operation, pipeline }) => {
    if (operation === 'insert') return 'keyed';
    if (operation === 'aggregate' && WRITING_STAGE.test(pipeline)) return 'unsafe';
    return READS.includes(operation) ? 'read' : 'unsafe';
  },
  async execute(context) {
    const credential = await context.credential('mongodb');
    if (!credential) throw new NodeError('CREDENTIAL_REQUIRED', { slot: 'mongodb' });
    const settings = credential.data;
    const { signal } = context;
    return context.perItem(async (_item, index): Promise<Item | ItemList> => {
      const parameters = context.parameters(index);
      const { operation, upsert, many, format } = parameters;
      const read = async (name: 'filter' | 'pipeline' | 'update' | 'document' | 'sort' | 'projection') =>
        toMongo(await bindQuery(context, name, parameters[name], index)) as Document;
      const toItem = (document: Document): Item => ({
        json: fromMongo(document, format) as Item['json'],
        pairedItem: { item: index },
      });
      const list = (cursor: AsyncIterable<Document>) => context.collect(inChunks(cursor, toItem));

      const work = async (collection: Collection): Promise<Item | ItemList> => {
        switch (operation) {
          case 'find': {
            const { skip, limit } = parameters;
            const [sort, projection] = [await read('sort'), await read('projection')];
            return list(collection.find(await read('filter'), { sort, projection, skip, limit, signal }));
          }
          case 'aggregate':
            return list(collection.aggregate((await read('pipeline')) as Document[], { signal }));
          case 'count':
            return toItem({ count: await collection.countDocuments(await read('filter'), { signal }) });
          case 'insert':
            return toItem(
              await insertOnce(collection, await read('document'), context.idempotencyKey(index)),
            );
          case 'update': {
            const [filter, update] = [await read('filter'), await read('update')];
            return toItem(
              await (many
                ? collection.updateMany(filter, update, { upsert })
                : collection.updateOne(filter, update, { upsert })),
            );
          }
          case 'replace':
            return toItem(
              (await collection.replaceOne(await read('filter'), await read('document'), {
                upsert,
              })) as Document,
            );
          case 'delete': {
            const filter = await read('filter');
            return toItem(await (many ? collection.deleteMany(filter) : collection.deleteOne(filter)));
          }
          case 'find-and-update': {
            const [filter, update] = [await read('filter'), await read('update')];
            const found = await collection.findOneAndUpdate(filter, update, {
              upsert,
              returnDocument: 'after',
            });
            return toItem(found ?? {});
          }
        }
      };
      return context.connections.use(mongodbConnector, settings, async (client) => {
        try {
          return await work(client.db(settings['database']).collection(parameters.collection));
        } catch (error) {
          signal.throwIfAborted();
          throw mongodbFailure(error, settings);
        }
      });
    });
  },
});

async function* inChunks(
  cursor: AsyncIterable<Document>,
  toItem: (document: Document) => Item,
): AsyncGenerator<Item[]> {
  let items: Item[] = [];
  for await (const document of cursor) {
    items.push(toItem(document));
    if (items.length < CHUNK) continue;
    yield items;
    items = [];
  }
  if (items.length > 0) yield items;
}
