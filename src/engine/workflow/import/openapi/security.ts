import type { OpenApiScheme } from '../../../../contract/index.ts';
import { textOf } from './operations.ts';
import { isFields, type Fields, type Walker } from './places.ts';
import { fieldsOf } from './schema.ts';

/** The ways to be let in, each with the credential types that do it. Empty where the operation is open to everybody. */
export function securityOf(security: unknown, root: Fields, walker: Walker): OpenApiScheme[][] {
  const ways = Array.isArray(security) ? security.filter(isFields) : [];
  // An empty way among others: a secret is taken, but not asked for.
  if (ways.some((way) => Object.keys(way).length === 0)) return [];
  const schemes = fieldsOf(fieldsOf(root['components'])['securitySchemes']);
  return ways.map((way) =>
    Object.keys(way).map((name) => ({ name, credentialType: typeOfScheme(schemes[name], walker) })),
  );
}

function typeOfScheme(given: unknown, walker: Walker): string | null {
  const { value: scheme } = walker.follow({ value: given, pointer: '' });
  if (!isFields(scheme)) return null;
  switch (scheme['type']) {
    case 'http':
      return HTTP_SCHEMES[textOf(scheme['scheme']).toLowerCase()] ?? null;
    case 'apiKey':
      return API_KEYS[textOf(scheme['in'])] ?? null;
    case 'oauth2':
    case 'openIdConnect':
      return 'oauth2';
    case 'mutualTLS':
      return 'client-certificate';
    default:
      return null;
  }
}

const HTTP_SCHEMES: Readonly<Record<string, string>> = {
  basic: 'basic-auth',
  bearer: 'bearer-auth',
  digest: 'digest-auth',
};
/** A cookie is a header too, and one credential can set any. */
const API_KEYS: Readonly<Record<string, string>> = {
  header: 'header-auth',
  query: 'query-auth',
  cookie: 'custom-auth',
};
