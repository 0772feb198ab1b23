import type { NodeMapping, SourceNode } from '../mapping.ts';
import { isExpression, type ParameterSource } from '../parameter-source.ts';
import { RESPOND } from './webhook.ts';

const KINDS: Readonly<Record<string, string>> = {
  ...{ text: 'text', textarea: 'textarea', number: 'number', email: 'email', password: 'password' },
  ...{ date: 'date', dropdown: 'select', checkbox: 'checkboxes', radio: 'radio', file: 'file' },
  ...{ hiddenField: 'hidden', html: 'html' },
};

export const formTrigger: NodeMapping = {
  from: ['formTrigger'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    const after = options.child('respondWithOptions').child('values');
    const respondWith = after.text('respondWith', 'text');
    const text = after.text('formSubmittedText', options.text('formSubmittedText'));
    const path = options.text('path', parameters.text('path', source.webhookId ?? ''));
    options.ignore('appendAttribution', 'useWorkflowTimezone');
    parameters.ignore('notice', 'formNotice');
    return {
      type: 'form-trigger',
      parameters: {
        path: path.replace(/^\/+|\/+$/g, ''),
        ...formPageOf(source, parameters.text('formTitle'), parameters.text('formDescription')),
        button: options.text('buttonLabel'),
        authentication: source.choose('authentication', { none: 'none', basicAuth: 'basic' }, 'none'),
        respond: source.choose('responseMode', RESPOND, 'immediately'),
        answer: respondWith === 'redirect' ? 'redirect' : 'text',
        ...(respondWith === 'redirect' ? { redirect: after.text('redirectUrl') } : { endText: text }),
        options: { ignoreBots: options.flag('ignoreBots'), ipAllowList: options.text('ipWhitelist') },
      },
      credentials: { 'basic-auth': 'httpBasicAuth' },
    };
  },
};

const ENDS: Readonly<Record<string, string>> = {
  ...{ text: 'text', redirect: 'redirect', showText: 'html', returnBinary: 'binary' },
};

export const form: NodeMapping = {
  from: ['form'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    parameters.ignore('triggerNotice');
    if (parameters.text('operation', 'page') !== 'completion') {
      return {
        type: 'form',
        parameters: {
          operation: 'page',
          ...formPageOf(source, options.text('formTitle'), options.text('formDescription')),
          button: options.text('buttonLabel'),
        },
      };
    }
    const answer = source.choose<string>('respondWith', ENDS, 'text');
    // The title of the browser's tab, which is the page's own here.
    options.ignore('formTitle');
    return {
      type: 'form',
      parameters: {
        operation: 'end',
        answer,
        ...(answer === 'redirect' && { redirect: parameters.text('redirectUrl') }),
        ...(answer === 'html' && { html: parameters.text('responseText') }),
        ...(answer === 'binary' && { binaryField: parameters.text('inputDataFieldName', 'data') }),
        ...(answer === 'text' && {
          endTitle: parameters.text('completionTitle'),
          endText: parameters.text('completionMessage'),
        }),
      },
    };
  },
};

/** The page of a form trigger, a form node or a wait. Fields that an expression makes have no counterpart. */
export function formPageOf(
  source: SourceNode,
  title: string,
  description: string,
): { title: string; description: string; fields: unknown[] } {
  const { parameters } = source;
  if (parameters.text('defineForm', 'fields') !== 'json')
    return { title, description, fields: fieldsOf(source, parameters.rows('formFields', 'values')) };
  const text = parameters.text('jsonOutput');
  const parsed = isExpression(text) ? null : parseList(text);
  if (parsed)
    return { title, description, fields: fieldsOf(source, parameters.listOf('jsonOutput', parsed)) };
  source.note('unsupported', 'PARAMETER_UNSUPPORTED', { parameter: 'jsonOutput', value: text.slice(0, 80) });
  return { title, description, fields: [] };
}

function parseList(text: string): unknown[] | null {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function fieldsOf(source: SourceNode, rows: readonly ParameterSource[]): unknown[] {
  return rows.map((row) => {
    const kind = source.choose('fieldType', KINDS, 'text', row);
    if (kind === 'html') {
      row.ignore('fieldLabel', 'elementName');
      return { kind, html: row.text('html') };
    }
    // Dates are handed over as they are written in the page.
    row.ignore('formatDate', 'fieldId', 'uuid');
    const label = row.text('fieldLabel');
    const name = row.text('fieldName');
    if (kind === 'hidden') return { kind, name: name || label, initial: row.text('fieldValue') };
    const options = row.rows('fieldOptions', 'values').map((option) => option.text('option'));
    const several = row.flag(kind === 'file' ? 'multipleFiles' : 'multiselect', kind === 'file');
    return {
      kind: kind === 'select' && several === true ? 'checkboxes' : kind,
      label,
      ...(name !== '' && { name }),
      required: row.flag('requiredField'),
      placeholder: row.text('placeholder'),
      initial: row.text('defaultValue'),
      ...(options.length > 0 && { options: options.join('\n') }),
      ...(kind === 'file' && { multiple: several, accept: row.text('acceptFileTypes') }),
    };
  });
}
