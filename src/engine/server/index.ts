export { Authentication } from './authentication.ts';
export { createHttpServer, type HttpServer } from './http-server.ts';
export { attachPort, createEngineClient, type EngineClient, type EnginePort } from './procedure-caller.ts';
export type { ActivationService, CredentialService, DocumentService, Services } from './services.ts';
export type { WebhookAnswer, WebhookCall, WebhookHandler } from './webhook-routes.ts';
