import type { ResumeWebhook } from '../../../node-kit/index.ts';

type Settings = Omit<
  ResumeWebhook,
  | 'suffix'
  | 'rawBody'
  | 'binaryField'
  | 'responseField'
  | 'responseText'
  | 'allowedOrigins'
  | 'ipAllowList'
  | 'ignoreBots'
> & { callOptions: { [K in keyof ResumeWebhook]?: ResumeWebhook[K] | undefined } };

/** How the call that ends the wait is taken and answered. */
export function resumeWebhook(settings: Settings): ResumeWebhook {
  const { callOptions: options } = settings;
  return {
    methods: settings.methods,
    authentication: settings.authentication,
    respond: settings.respond,
    responseData: settings.responseData,
    responseStatus: settings.responseStatus,
    responseHeaders: settings.responseHeaders,
    suffix: trimSlashes(options.suffix ?? ''),
    rawBody: options.rawBody ?? false,
    binaryField: options.binaryField ?? '',
    responseField: options.responseField ?? '',
    responseText: options.responseText ?? '',
    allowedOrigins: options.allowedOrigins ?? '',
    ipAllowList: options.ipAllowList ?? '',
    ignoreBots: options.ignoreBots ?? false,
  };
}

/** A suffix of an address, as calls bring it. */
export function trimSlashes(suffix: string): string {
  return suffix.trim().replace(/^\/+|\/+$/g, '');
}
