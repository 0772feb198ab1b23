import type { ImportCode, WorkflowSettings } from '../../../../contract/index.ts';

interface SettingNote {
  kind: 'unsupported' | 'to-do';
  code: ImportCode;
  facts: Record<string, unknown>;
}

/** Settings that mean nothing here, because there is nothing to choose or no caller to restrict. */
const MEANINGLESS = new Set([
  ...['saveExecutionProgress', 'saveManualExecutions', 'callerPolicy', 'callerIds'],
  ...['timeSavedPerExecution', 'timeSavedMode', 'availableInMCP', 'binaryMode', 'redactionPolicy'],
]);

/** n8n's settings in ours, and what is left to say about them. */
export function workflowSettings(raw: Readonly<Record<string, unknown>>): {
  settings: WorkflowSettings;
  notes: SettingNote[];
} {
  const notes: SettingNote[] = [];
  // Without the setting, n8n runs a workflow in its first, breadth-first order.
  const settings: WorkflowSettings = {
    branchOrder: raw['executionOrder'] === 'v1' ? 'depth-first' : 'breadth-first',
  };
  for (const [name, value] of Object.entries(raw)) {
    if (value === null || value === undefined || value === '' || MEANINGLESS.has(name)) continue;
    switch (name) {
      case 'executionOrder':
      case 'saveDataSuccessExecution':
      case 'saveDataErrorExecution':
        break;
      case 'timezone':
        if (typeof value === 'string' && value !== 'DEFAULT') settings.timezone = value;
        break;
      case 'executionTimeout':
        if (Number(value) > 0) settings.timeoutMs = Math.round(Number(value) * 1000);
        break;
      case 'errorWorkflow':
        if (value !== 'DEFAULT')
          notes.push({ kind: 'to-do', code: 'ERROR_WORKFLOW_TO_CHOOSE', facts: { workflow: value } });
        break;
      default:
        notes.push({ kind: 'unsupported', code: 'SETTING_UNSUPPORTED', facts: { setting: name } });
    }
  }
  const save = savePolicy(raw);
  if (save) settings.save = save;
  return { settings, notes };
}

function savePolicy(raw: Readonly<Record<string, unknown>>): WorkflowSettings['save'] {
  if (raw['saveDataSuccessExecution'] !== 'none') return undefined;
  return raw['saveDataErrorExecution'] === 'none' ? 'none' : 'failed';
}
