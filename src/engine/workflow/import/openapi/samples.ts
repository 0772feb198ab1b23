/** Documents that say the same in each version. For tests. */
export const SHOP_31 = `openapi: 3.1.0
info: { title: Tea shop 茶店, version: 1.0 }
servers:
  - url: https://{region}.shop.example/v1/
    variables: { region: { default: eu } }
security: [{ token: [] }]
paths:
  /orders:
    get:
      summary: List orders
      tags: [orders]
      parameters:
        - { name: status, in: query, schema: { type: array, items: { type: string, enum: [open, paid] } } }
        - { name: ids, in: query, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object, properties: { city: { type: string } } } }
        - { name: limit, in: query, description: At most, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
        - { name: X-Trace, in: header, schema: { type: string, format: uuid } }
        - { name: session, in: cookie, schema: { type: string } }
    post:
      operationId: createOrder
      tags: [orders, write]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
  /orders/{id}:
    parameters:
      - $ref: '#/components/parameters/Id'
    delete:
      deprecated: true
      security: [{ key: [] }, { user: [], token: [] }]
  /files:
    post:
      summary: Upload
      security: []
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                note: { type: string }
                file: { type: string, contentMediaType: application/octet-stream }
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string } }
  securitySchemes:
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
    user: { type: openIdConnect, openIdConnectUrl: https://login.example }
  schemas:
    Base: { type: object, required: [customer], properties: { customer: { type: string, description: Who buys } } }
    Order:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required: [size, lines]
          properties:
            id: { type: string, readOnly: true }
            size: { enum: [small, large] }
            gift: { type: [boolean, 'null'] }
            lines:
              type: array
              items: { type: object, required: [sku], properties: { sku: { type: string }, count: { type: integer, default: 1 } } }
            tags: { type: array, items: { type: string } }
            address: { anyOf: [{ $ref: '#/components/schemas/Address' }, { type: 'null' }] }
            parent: { $ref: '#/components/schemas/Order' }
    Address: { type: object, required: [city], properties: { city: { type: string }, zip: { type: string } } }
`;

export const SHOP_20 = JSON.stringify({
  swagger: '2.0',
  info: { title: 'Tea shop', version: '1.0' },
  host: 'shop.example',
  basePath: '/v1',
  schemes: ['https'],
  securityDefinitions: { login: { type: 'basic' }, inQuery: { type: 'apiKey', in: 'query', name: 'k' } },
  security: [{ login: [] }],
  paths: {
    '/orders/{id}': {
      put: {
        summary: 'Change',
        parameters: [
          { name: 'id', in: 'path', required: true, type: 'integer', format: 'int64' },
          { name: 'tags', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'csv' },
          { $ref: '#/parameters/Order' },
        ],
      },
      post: {
        consumes: ['application/x-www-form-urlencoded'],
        security: [{ inQuery: [] }],
        parameters: [
          { name: 'id', in: 'path', required: true, type: 'integer' },
          { name: 'note', in: 'formData', type: 'string', required: true },
        ],
      },
    },
  },
  parameters: {
    Order: { name: 'order', in: 'body', required: true, schema: { $ref: '#/definitions/Order' } },
  },
  definitions: {
    Order: {
      type: 'object',
      required: ['size'],
      properties: { size: { type: 'string', enum: ['small', 'large'], default: 'small' } },
    },
  },
});
