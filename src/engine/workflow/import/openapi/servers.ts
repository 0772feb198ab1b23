import { textOf } from './operations.ts';
import { isFields, type Fields } from './places.ts';
import { fieldsOf } from './schema.ts';

/** Where an operation is served, from the first of these that says so; relative addresses are taken from the document's own. */
export function serversOf(levels: readonly Fields[], documentUrl: string | undefined): string[] {
  const lists = levels.map(({ servers }) => (Array.isArray(servers) ? (servers as unknown[]) : []));
  const given = lists.find((list) => list.length > 0) ?? [{ url: '/' }];
  const urls = given.filter(isFields).map((server) => absolute(withVariables(server), documentUrl));
  return [...new Set(urls.filter((url) => url !== null))];
}

/** The address with the default of each variable; one without a default stays to be filled in. */
function withVariables(server: Fields): string {
  const variables = fieldsOf(server['variables']);
  return textOf(server['url']).replace(/\{([^{}]+)\}/g, (written, name: string) => {
    const variable = Object.hasOwn(variables, name) ? fieldsOf(variables[name]) : {};
    return textOf(variable['default']) || written;
  });
}

function absolute(url: string, documentUrl: string | undefined): string | null {
  // Not read as an address: that would encode the braces of what is still to be filled in.
  if (/^https?:\/\//i.test(url)) return url.replace(/\/+$/, '');
  // Swagger 2.0 leaves the scheme out where it is the document's own.
  const base = documentUrl ?? (url.startsWith('//') ? 'https://localhost' : undefined);
  if (base === undefined || !URL.canParse(url, base)) return null;
  const { protocol, href } = new URL(url, base);
  return /^https?:$/.test(protocol) ? href.replace(/\/+$/, '') : null;
}
