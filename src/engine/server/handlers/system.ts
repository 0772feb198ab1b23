import { implementer } from './implementer.ts';

export const nodeTypeHandlers = {
  list: implementer.nodeTypes.list.handler(async ({ context }) => ({
    items: await context.services.nodeTypes.describe(),
  })),
};

export const systemHandlers = {
  info: implementer.system.info.handler(({ context: { services } }) => ({
    version: services.system.version,
    webhookBaseUrl: services.system.webhookBaseUrl(),
    oauthRedirectUrl: services.system.oauthRedirectUrl(),
    timezone: services.config.timezone,
    database: services.storage.dialect,
    host: services.system.host,
  })),
};
