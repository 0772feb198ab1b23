export { createActivation } from './activation.ts';
export { Authentication } from './authentication.ts';
export { createDocuments } from './documents.ts';
export { createHttpServer, type HttpServer } from './http-server.ts';
export { attachPort, createEngineClient, type EngineClient, type EnginePort } from './procedure-caller.ts';
export type { Services } from './services.ts';
export { createOpenApi } from './openapi-service.ts';
