import { describe, expect, it } from 'vitest';
import { mapped } from './test-mapped.ts';

describe('mappings', () => {
  it('reads the fields of Set in all the ways it kept them', () => {
    const old = mapped('set', 1, {
      keepOnlySet: true,
      values: { string: [{ name: 'a', value: '={{ $json.x }}' }], number: [{ name: 'n' }] },
      options: { dotNotation: false },
    });
    expect(old).toMatchObject({
      type: 'set-fields',
      parameters: {
        assignments: [
          { name: 'n', value: 0 },
          { name: 'a', value: '={{ $json.x }}' },
        ],
        include: 'none',
        dottedPaths: false,
      },
      findings: [],
    });
    const later = { name: 'a', type: 'numberValue', numberValue: '5' };
    expect(
      mapped('set', 3.2, { fields: { values: [later] }, include: 'selected', includeFields: 'x, y' }),
    ).toMatchObject({
      parameters: {
        assignments: [{ name: 'a', type: 'number', value: '5' }],
        include: 'selected',
        includeFields: [{ field: 'x' }, { field: 'y' }],
      },
      findings: [],
    });
    const now = { id: '1', name: 'a', type: 'string', value: 'v' };
    expect(mapped('set', 3.4, { assignments: { assignments: [now] } }).parameters).toMatchObject({
      include: 'none',
    });
    expect(
      mapped('set', 3.4, { assignments: { assignments: [now] }, includeOtherFields: true }).parameters,
    ).toMatchObject({ include: 'all' });
  });

  it('reads conditions of the first and of the later IF', () => {
    expect(
      mapped('if', 1, {
        conditions: { string: [{ value1: '={{ $json.a }}', value2: 'x' }] },
        combineOperation: 'any',
      }),
    ).toMatchObject({
      parameters: {
        conditions: {
          combinator: 'or',
          loose: true,
          conditions: [{ left: '={{ $json.a }}', type: 'string', operation: 'equals', right: 'x' }],
        },
      },
    });
    const condition = { leftValue: 1, rightValue: 2, operator: { type: 'number', operation: 'gte' } };
    expect(
      mapped('if', 2.2, {
        conditions: {
          combinator: 'and',
          conditions: [condition],
          options: { caseSensitive: true, typeValidation: 'strict' },
        },
        looseTypeValidation: true,
      }),
    ).toMatchObject({
      parameters: { conditions: { loose: true, conditions: [{ operation: 'greater-or-equal' }] } },
      findings: [],
    });
  });

  it('gives rules of one output of the old Switch one output', () => {
    const rules = [
      { operation: 'equal', value2: 'x', output: 2 },
      { operation: 'equal', value2: 'y' },
      { operation: 'contains', value2: 'z', output: 2 },
    ];
    const source = { dataType: 'string', value1: 'v', rules: { rules }, fallbackOutput: 3 };
    expect(mapped('switch', 1, source).parameters).toMatchObject({
      rules: [
        { conditions: { combinator: 'or', conditions: [{ right: 'x' }, { right: 'z' }] } },
        { conditions: { conditions: [{ right: 'y' }] } },
      ],
      fallback: 'extra',
    });
  });

  it('turns requests of all ages into one form', () => {
    expect(
      mapped('httpRequest', 1, {
        requestMethod: 'POST',
        url: 'https://a',
        bodyParametersUi: { parameter: [{ name: 'a', value: '={{ $json.a }}' }] },
        options: { bodyContentType: 'form-urlencoded', timeout: 100 },
      }),
    ).toMatchObject({
      parameters: { method: 'POST', body: 'form', formFields: [{ name: 'a' }], options: { timeoutMs: 100 } },
      findings: [],
    });
    expect(
      mapped('httpRequest', 4.2, {
        url: 'https://a',
        sendQuery: true,
        specifyQuery: 'json',
        jsonQuery: '{"page": 2}',
        sendBody: true,
        specifyBody: 'json',
        jsonBody: '={{ $json }}',
        options: {
          response: { response: { neverError: true } },
          pagination: { pagination: { paginationMode: 'x' } },
        },
      }),
    ).toMatchObject({
      parameters: { query: [{ name: 'page', value: 2 }], body: 'json', options: { neverFail: true } },
      findings: [['PARAMETER_UNSUPPORTED', 'options.pagination']],
    });
  });

  it('keeps times of triggers and waits', () => {
    const rule = { interval: [{ field: 'weeks', triggerAtDay: [0, 3], triggerAtHour: 7 }] };
    expect(mapped('scheduleTrigger', 1.2, { rule }).parameters).toEqual({
      missed: 'skip',
      rules: [{ every: 'weeks', count: 1, weekdays: ['sunday', 'wednesday'], hour: 7, minute: 0 }],
    });
    expect(
      mapped('cron', 1, { triggerTimes: { item: [{ mode: 'custom', cronExpression: '0 8 * * *' }] } }),
    ).toMatchObject({
      parameters: { rules: [{ every: 'cron', expression: '0 8 * * *' }] },
    });
    expect(mapped('wait', 1, { amount: 2 }).parameters).toEqual({
      until: 'interval',
      amount: 2,
      unit: 'hours',
    });
    expect(mapped('wait', 1.1, {}).parameters).toEqual({ until: 'interval', amount: 5, unit: 'seconds' });
    expect(
      mapped('wait', 1.1, { resume: 'webhook', limitWaitTime: true, options: { webhookSuffix: 'ok' } }),
    ).toMatchObject({
      type: 'wait',
      parameters: {
        until: 'webhook',
        methods: ['GET'],
        limit: 'interval',
        limitAmount: 1,
        limitUnit: 'hours',
        callOptions: { suffix: 'ok' },
      },
      findings: [],
    });
    expect(
      mapped('wait', 1.1, {
        resume: 'form',
        formTitle: 'T',
        options: {
          webhookSuffix: 'ok',
          respondWithOptions: { values: { respondWith: 'redirect', redirectUrl: 'https://x.test' } },
        },
        formFields: {
          values: [
            {
              fieldLabel: 'Ok?',
              fieldType: 'dropdown',
              fieldOptions: { values: [{ option: 'yes' }, { option: 'no' }] },
            },
          ],
        },
      }),
    ).toMatchObject({
      parameters: {
        until: 'form',
        title: 'T',
        suffix: 'ok',
        answer: 'redirect',
        redirect: 'https://x.test',
        limit: 'none',
        fields: [{ kind: 'select', label: 'Ok?', options: 'yes\nno' }],
      },
      findings: [],
    });
    expect(mapped('wait', 1.1, { resume: 'unheardOf' })).toMatchObject({
      type: 'placeholder',
      findings: [['NODE_VERSION_UNSUPPORTED', undefined]],
    });
  });

  it('keeps the pages of forms', () => {
    expect(
      mapped('formTrigger', 2.2, {
        formTitle: 'Send it',
        formFields: {
          values: [
            { fieldLabel: 'Mail', fieldType: 'email', requiredField: true, placeholder: 'you@example.com' },
            { fieldLabel: 'Scan', fieldType: 'file', multipleFiles: false, acceptFileTypes: '.pdf' },
            { fieldType: 'hiddenField', fieldName: 'source', fieldValue: 'n8n' },
          ],
        },
        responseMode: 'lastNode',
        options: {
          path: '/send',
          buttonLabel: 'Go',
          appendAttribution: false,
          respondWithOptions: { values: { respondWith: 'redirect', redirectUrl: 'https://x.test' } },
        },
      }),
    ).toMatchObject({
      type: 'form-trigger',
      parameters: {
        path: 'send',
        title: 'Send it',
        button: 'Go',
        respond: 'at-end',
        answer: 'redirect',
        redirect: 'https://x.test',
        fields: [
          { kind: 'email', label: 'Mail', required: true, placeholder: 'you@example.com' },
          { kind: 'file', label: 'Scan', multiple: false, accept: '.pdf' },
          { kind: 'hidden', name: 'source', initial: 'n8n' },
        ],
      },
      findings: [],
    });
    const json = '[{"fieldLabel": "Age", "fieldType": "number"}]';
    expect(
      mapped('form', 1, { defineForm: 'json', jsonOutput: json, options: { formTitle: 'Two' } }),
    ).toMatchObject({
      type: 'form',
      parameters: { operation: 'page', title: 'Two', fields: [{ kind: 'number', label: 'Age' }] },
      findings: [],
    });
    expect(
      mapped('form', 1, {
        operation: 'completion',
        respondWith: 'returnBinary',
        inputDataFieldName: 'image',
      }),
    ).toMatchObject({
      parameters: { operation: 'end', answer: 'binary', binaryField: 'image' },
      findings: [],
    });
  });

  it('reports what a node has and ours does not', () => {
    expect(mapped('webhook', 2, { path: 'a', options: { unheardOf: 'https://x' } }).findings).toEqual([
      ['PARAMETER_UNSUPPORTED', 'options.unheardOf'],
    ]);
  });

  it('reads both versions of Date & Time, with formats in our tokens', () => {
    expect(
      mapped('dateTime', 1, { value: '1', toFormat: 'DD/MM/YYYY', options: { toTimezone: 'UTC' } }),
    ).toMatchObject({
      type: 'date-time',
      parameters: { operation: 'format', format: 'dd/LL/yyyy', field: 'data', toZone: 'UTC' },
      findings: [],
    });
    expect(mapped('dateTime', 1, { value: '1', toFormat: 'Do' }).findings).toEqual([
      ['OPTION_UNSUPPORTED', 'toFormat'],
    ]);
    const since = { operation: 'getTimeBetweenDates', startDate: 'a', endDate: 'b', units: ['hour'] };
    expect(mapped('dateTime', 2, since)).toMatchObject({
      parameters: { operation: 'difference', units: ['hours'], field: 'timeDifference', keepInput: false },
      findings: [],
    });
  });

  it('reads Compare Datasets as each version compared', () => {
    const keys = { mergeByFields: { values: [{ field1: 'id', field2: 'key' }] } };
    expect(mapped('compareDatasets', 1, { ...keys, options: { fuzzyCompare: true } })).toMatchObject({
      parameters: {
        keys: [{ first: 'id', second: 'key' }],
        different: 'second',
        loose: true,
        sideNames: '1-2',
        callsInputs: true,
      },
      findings: [],
    });
    expect(mapped('compareDatasets', 2.3, { ...keys, fuzzyCompare: true })).toMatchObject({
      parameters: { different: 'both', loose: true, sideNames: 'A-B', callsInputs: false },
    });
  });

  it('reads the nodes that convert text', () => {
    expect(mapped('crypto', 1, { action: 'hmac', value: 'v', secret: 's' })).toMatchObject({
      type: 'crypto',
      parameters: { operation: 'hmac', algorithm: 'MD5', secret: 's', encoding: 'hex', field: 'data' },
      findings: [],
    });
    expect(mapped('xml', 1, { options: { explicitRoot: false } })).toMatchObject({
      type: 'xml',
      parameters: { direction: 'to-json', explicitRoot: false, mergeAttributes: true },
    });
    const values = { values: [{ key: 'k', cssSelector: 'p', returnArray: true }] };
    expect(mapped('html', 1.2, { operation: 'extractHtmlContent', extractionValues: values })).toMatchObject({
      type: 'html',
      parameters: { layout: true, values: [{ selector: 'p', all: true }] },
    });
    expect(mapped('html', 1, { html: '<p>{{ $json.a }}</p>' }).parameters).toMatchObject({
      template: '=<p>{{ $json.a }}</p>',
    });
    const table = { operation: 'convertToHtmlTable', options: { customStyling: true, caption: 'c' } };
    expect(mapped('html', 1.2, table)).toMatchObject({
      parameters: { styled: false, caption: 'c' },
      findings: [],
    });
    const markdown = { mode: 'markdownToHtml', markdown: '# x', options: { tables: true } };
    expect(mapped('markdown', 1, markdown)).toMatchObject({
      parameters: { direction: 'to-html', text: '# x', features: expect.arrayContaining(['tables']) },
      findings: [],
    });
  });

  it('reads Compression in both of its versions', () => {
    expect(mapped('compression', 1, { outputPrefix: 'f' })).toEqual({
      type: 'compression',
      parameters: { operation: 'decompress', fileFields: 'data', outputPrefix: 'f' },
      findings: [],
    });
    const gzip = { operation: 'compress', outputFormat: 'gzip' };
    expect(mapped('compression', 1, gzip).parameters).toMatchObject({ outputField: 'data0' });
    expect(mapped('compression', 1, { ...gzip, binaryPropertyName: 'a,b' }).parameters).toMatchObject({
      fileFields: 'a,b',
      outputField: 'data',
    });
    expect(
      mapped('compression', 1.1, { ...gzip, fileName: 'x.gz', binaryPropertyOutput: 'y' }),
    ).toMatchObject({
      parameters: { format: 'gzip', fileName: 'x.gz', outputField: 'y' },
      findings: [],
    });
  });

  it('reads Edit Image, one step or several', () => {
    expect(mapped('editImage', 1, { operation: 'information' })).toEqual({
      type: 'edit-image',
      parameters: { operation: 'information', fileField: 'data' },
      findings: [],
    });
    expect(mapped('editImage', 1, {})).toMatchObject({
      parameters: {
        operation: 'edit',
        steps: [{ action: 'border', width: 10, height: 10, color: '#ffffff' }],
      },
      findings: [],
    });
    const rows = [
      { operation: 'create', width: 200 },
      { operation: 'text', text: '=Hi {{ $json.a }}', fontSize: 20, positionY: 90 },
      { operation: 'draw', primitive: 'circle', color: '#00ff0080' },
    ];
    const several = {
      operation: 'multiStep',
      operations: { operations: rows },
      options: { font: 'Arial', format: 'bmp' },
    };
    expect(mapped('editImage', 1, several)).toMatchObject({
      parameters: {
        operation: 'create',
        width: 200,
        height: 50,
        steps: [
          { action: 'text', text: '=Hi {{ $json.a }}', font: 'Arial', x: 50, y: 70, lineLength: 80 },
          { action: 'draw', shape: 'circle', color: '#00ff00', endX: 250, endY: 50 },
        ],
        format: 'same',
      },
      findings: [
        ['OPTION_UNSUPPORTED', 'color'],
        ['OPTION_UNSUPPORTED', 'format'],
      ],
    });
    for (const operation of ['shear', 'transparent'])
      expect(mapped('editImage', 1, { operation }).type).toBe('placeholder');
  });

  it('reads Execute Command', () => {
    expect(mapped('executeCommand', 1, { command: '=ls {{ $json.a }}' })).toEqual({
      type: 'execute-command',
      parameters: { mode: 'once', command: '=ls {{ $json.a }}' },
      findings: [],
    });
    expect(mapped('executeCommand', 1, { executeOnce: false }).parameters).toMatchObject({
      mode: 'each-item',
    });
  });

  it('reads the nodes for files on the disk', () => {
    expect(mapped('readBinaryFile', 1, { filePath: '/a.txt', dataPropertyName: 'x' })).toEqual({
      type: 'read-write-files',
      parameters: { operation: 'read', path: '/a.txt', fileField: 'x', keep: true },
      findings: [],
    });
    expect(mapped('readBinaryFiles', 1, { fileSelector: '*.txt' }).parameters).toMatchObject({
      path: '*.txt',
    });
    const append = { fileName: '=/{{ $json.a }}', options: { append: true } };
    expect(mapped('writeBinaryFile', 1, append)).toMatchObject({
      parameters: { operation: 'append', path: '=/{{ $json.a }}', fileField: 'data' },
      findings: [],
    });
    expect(mapped('readWriteFile', 1, { operation: 'write', ...append }).parameters).toMatchObject({
      operation: 'append',
    });
    const options = { dataPropertyName: 'x', mimeType: 'text/x', fileExtension: 'zip' };
    expect(mapped('readWriteFile', 1, { fileSelector: 'a', options })).toMatchObject({
      parameters: { operation: 'read', path: 'a', fileField: 'x', options: { mimeType: 'text/x' } },
      findings: [[expect.any(String), 'options.fileExtension']],
    });
  });

  it('reads what is remembered of earlier executions', () => {
    const logic = 'removeItemsUpToStoredDate';
    const operation = 'removeItemsSeenInPreviousExecutions';
    expect(
      mapped('removeDuplicates', 2, {
        operation,
        logic,
        dateDedupeValue: '={{ $json.at }}',
        options: { scope: 'workflow' },
      }),
    ).toEqual({
      type: 'remove-duplicates',
      parameters: { operation: 'earlier', rule: 'date', value: '={{ $json.at }}', scope: 'workflow' },
      findings: [],
    });
    expect(
      mapped('removeDuplicates', 2, { operation: 'clearDeduplicationHistory', mode: 'cleanDatabase' }),
    ).toEqual({
      type: 'remove-duplicates',
      parameters: { operation: 'clear', scope: 'node' },
      findings: [],
    });
    expect(mapped('executionData', 1, { dataToSave: { values: [{ key: 'a', value: '={{ 1 }}' }] } })).toEqual(
      {
        type: 'execution-data',
        parameters: { marks: [{ key: 'a', value: '={{ 1 }}' }] },
        findings: [],
      },
    );
  });

  it('reads tokens, feeds, queries and charts', () => {
    expect(
      mapped('jwt', 1, {
        claims: { issuer: 'me', expiresIn: 60, notBefore: 5 },
        options: { kid: 'k', algorithm: 'HS512' },
      }),
    ).toEqual({
      type: 'jwt',
      parameters: {
        operation: 'sign',
        claims: { iss: 'me', nbf: '={{ $now.toUnixInteger() + (5) }}' },
        expiresIn: 60,
        options: { algorithm: 'HS512', keyId: 'k' },
      },
      findings: [],
    });
    expect(mapped('jwt', 1, { operation: 'decode', token: 't' }).findings).toEqual([]);
    expect(
      mapped('rssFeedRead', 1.2, { url: 'u', options: { customFields: 'a, b' } }).parameters,
    ).toMatchObject({
      customFields: [{ name: 'a' }, { name: 'b' }],
    });
    expect(mapped('graphql', 1, { endpoint: 'u', query: 'q', requestMethod: 'POST' })).toMatchObject({
      parameters: { bodyFormat: 'graphql', variables: {} },
      findings: [],
    });
    const labels = { labelsValues: [{ label: 'a' }] };
    expect(
      mapped('quickChart', 1, { labelsUi: labels, data: '={{ $json.d }}', chartOptions: { width: 100 } }),
    ).toMatchObject({
      parameters: { labels: ['a'], data: '={{ $json.d }}', options: { width: 100 } },
      findings: [],
    });
  });
});
