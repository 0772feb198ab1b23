import type { NodeMapping, SourceNode } from '../mapping.ts';

const ALGORITHMS = Object.fromEntries(
  ['HS', 'RS', 'ES', 'PS']
    .flatMap((family) => [256, 384, 512].map((bits) => `${family}${bits}`))
    .map((name) => [name, name]),
);

export const jwt: NodeMapping = {
  from: ['jwt'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    const operation = source.choose(
      'operation',
      { sign: 'sign', verify: 'verify', decode: 'decode' },
      'sign',
    );
    const complete = options.flag('complete');
    if (operation === 'decode')
      return { type: 'jwt', parameters: { operation, token: parameters.text('token'), complete } };
    const settings: Record<string, unknown> = {};
    if (options.has('algorithm'))
      settings['algorithm'] = source.choose('algorithm', ALGORITHMS, 'HS256', options);
    for (const name of ['ignoreExpiration', 'ignoreNotBefore'] as const)
      if (options.has(name)) settings[name] = options.flag(name);
    for (const name of ['clockTolerance', 'clockTimestamp'] as const)
      if (options.has(name)) settings[name] = options.number(name, 0);
    if (options.has('kid')) settings['keyId'] = options.text('kid');
    return {
      type: 'jwt',
      parameters:
        operation === 'sign'
          ? { operation, ...claimsOf(source), options: settings }
          : { operation, token: parameters.text('token'), complete, options: settings },
      credentials: { jwt: 'jwtAuth' },
    };
  },
};

/** n8n's own names for registered claims (RFC 7519, section 4.1). */
const CLAIMS = { audience: 'aud', issuer: 'iss', jwtid: 'jti', subject: 'sub' };

function claimsOf({ parameters }: SourceNode): Record<string, unknown> {
  const json = parameters.take('claimsJson', '{}');
  const listed = parameters.child('claims');
  if (parameters.flag('useJson') === true) {
    listed.takeAll();
    return { claims: json };
  }
  const claims: Record<string, unknown> = {};
  for (const [theirs, ours] of Object.entries(CLAIMS))
    if (listed.has(theirs)) claims[ours] = listed.take(theirs);
  const wait = listed.number('notBefore', 0);
  if (wait !== 0)
    claims['nbf'] = `={{ $now.toUnixInteger() + (${String(wait).replace(/^=\s*\{\{|\}\}\s*$/g, '')}) }}`;
  return { claims, expiresIn: listed.number('expiresIn', 0) };
}
