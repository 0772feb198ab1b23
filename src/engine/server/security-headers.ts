/** For our own pages and answers. Styles are inline because Vue Flow positions nodes that way. */
export const APP_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
    "connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** For pages of forms, which are ours but may hold HTML and pictures of users: no scripts, no origin. */
export const FORM_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    'sandbox allow-forms allow-downloads allow-popups allow-top-navigation-by-user-activation; ' +
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * For what users' workflows serve from our origin. Without `allow-same-origin` a page gets an origin of its own, so
 * it neither reads our cookies nor calls our API with them.
 */
export const WEBHOOK_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    'sandbox allow-downloads allow-forms allow-modals allow-popups allow-presentation allow-scripts allow-top-navigation-by-user-activation',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};
