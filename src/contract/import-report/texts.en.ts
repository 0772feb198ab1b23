/** Why something could not be taken over as it was, and what to do. */
export const IMPORT_TEXTS_EN = {
  NODE_UNSUPPORTED:
    'There is no counterpart for "{type}" yet. A placeholder keeps its place, connections and settings; replace it before running this part, for example with an HTTP Request node.',
  NODE_VERSION_UNSUPPORTED:
    'Operation "{operation}" of "{type}" has no counterpart yet. A placeholder keeps its settings; replace it before running this part.',
  PARAMETER_UNSUPPORTED:
    'The setting "{parameter}" has no counterpart and was left out ({value}). Check whether the node still does what you need.',
  OPTION_UNSUPPORTED:
    'The choice "{value}" for "{parameter}" has no counterpart; "{used}" is used instead. Check whether the node still does what you need.',
  EXPRESSION_UNSUPPORTED: 'The expression uses {name}, which does not exist here. Rewrite this part of it.',
  PARAMETER_REFERENCE:
    'The expression reads a parameter of its own node ($parameter). Parameters may have other names here: check it.',
  CREDENTIAL_TO_CHOOSE:
    'Uses the credential "{name}" ({type}). Secrets are never part of an export: create it under Credentials and choose it in the node.',
  CREDENTIAL_TYPE_UNSUPPORTED:
    'Uses the credential "{name}" of type "{type}", which has no counterpart yet. Choose a header, basic or bearer credential where the service accepts one.',
  WORKFLOW_TO_CHOOSE: 'Calls the workflow "{workflow}". Import it as well and choose it in the node.',
  DATA_TABLE_TO_CHOOSE:
    'Uses the data table "{table}". Rows are not part of an export: create a table of that name with the same columns, or choose another one in the node.',
  ERROR_WORKFLOW_TO_CHOOSE:
    'The workflow had an error workflow ("{workflow}"). Import it as well and choose it in the settings.',
  SETTING_UNSUPPORTED: 'The workflow setting "{setting}" has no counterpart and was left out.',
  PINNED_FILES_DROPPED:
    'The pinned data held files. The items are kept, the files are not: run the node once and pin it again.',
  CONNECTION_DROPPED: 'A connection to "{target}" led nowhere and was left out.',
} as const satisfies Record<string, string>;

export type ImportCode = keyof typeof IMPORT_TEXTS_EN;
