export { fromMongo, toMongo, type DocumentFormat } from './documents.ts';
export { mongodbConnector, type MongodbSettings } from './mongodb-connector.ts';
export { mongodbFailure } from './mongodb-failure.ts';
