import type { NodeMapping } from '../mapping.ts';

/** Ways to log in → the credential type that n8n asks for then. */
const CREDENTIALS: Readonly<Record<string, string>> = {
  basicAuth: 'httpBasicAuth',
  headerAuth: 'httpHeaderAuth',
};

export const graphql: NodeMapping = {
  from: ['graphql'],
  map(source) {
    const { parameters } = source;
    const authentication = parameters.text('authentication', 'none');
    const credential = CREDENTIALS[authentication];
    if (authentication !== 'none' && !credential)
      source.note('to-do', 'CREDENTIAL_TYPE_UNSUPPORTED', { name: '', type: authentication });
    const formats = { graphql: 'graphql', json: 'json' };
    return {
      type: 'graphql',
      parameters: {
        endpoint: parameters.text('endpoint'),
        method: source.choose('requestMethod', { POST: 'POST', GET: 'GET' }, 'POST'),
        query: parameters.text('query'),
        variables: parameters.take('variables') || {},
        operationName: parameters.text('operationName'),
        headers: parameters
          .rows('headerParametersUi', 'parameter')
          .map((row) => ({ name: row.text('name'), value: row.take('value', '') }))
          .filter(({ name }) => name !== ''),
        bodyFormat: source.choose('requestFormat', formats, source.version < 1.1 ? 'graphql' : 'json'),
        response: source.choose('responseFormat', { json: 'json', string: 'text' }, 'json'),
        outputField: parameters.text('dataPropertyName', 'data'),
        ignoreTlsErrors: parameters.flag('allowUnauthorizedCerts'),
        ...(authentication !== 'none' && { authentication: 'credential' }),
      },
      ...(credential && { credentials: { auth: credential } }),
    };
  },
};
