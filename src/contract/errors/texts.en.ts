import type { ErrorCode } from './codes.ts';

/** What went wrong, where, and what to do next. */
export const ERROR_TEXTS_EN: Record<ErrorCode, string> = {
  INPUT_INVALID: 'The request does not have the expected form: {reason}',
  JSON_INVALID: 'The body is not valid JSON: {reason}. Check the text that was sent.',
  UNAUTHORIZED:
    'Sign in first: open the app with its start link, or send an API key as "Authorization: Bearer …".',
  FORBIDDEN: 'This is not allowed here: {reason}',
  NOT_FOUND: 'There is nothing at {path}.',
  BODY_TOO_LARGE:
    'The body is larger than the limit of {limit} bytes. Send less, or raise the limit in the settings.',
  INTERNAL: 'Something went wrong inside GuixuFlow. The log has the details under request {requestId}.',

  WORKFLOW_NOT_FOUND: 'There is no workflow with the id "{id}". It may have been deleted.',
  WORKFLOW_INVALID: 'The workflow cannot run yet: {reason}',
  WORKFLOW_FILE_INVALID: 'This is not a workflow file: {reason}',
  WORKFLOW_TOO_NEW:
    'This workflow was written by a newer GuixuFlow (document version {version}, this one reads up to {supported}). Update GuixuFlow to open it.',
  REVISION_STALE:
    'Somebody saved this workflow in the meantime (revision {current}, yours is {revision}). Your changes are still here: reload to see theirs, or save yours as a copy.',
  WORKFLOW_ACTIVE: 'The workflow "{name}" is active. Deactivate it first.',
  WORKFLOW_NOT_PUBLISHED: 'The workflow "{name}" has no published version. Activate it once to publish it.',
  VERSION_NOT_FOUND:
    'The workflow has no version {version}. It may have been deleted; the list of versions shows what there is.',
  VERSION_PUBLISHED:
    'Version {version} is the published one and cannot be deleted. Publish another version first.',

  NODE_TYPE_UNKNOWN:
    'Node "{node}": the node type "{type}" (version {version}) is not installed. Install it, or replace the node.',
  NODE_NAME_DUPLICATE: 'Two nodes are called "{node}". Rename one: expressions find nodes by their names.',
  NODE_ID_DUPLICATE: 'Two nodes have the id "{id}". Every node needs an id of its own.',
  CONNECTION_DANGLING:
    'A connection names the node "{id}", which is not in the workflow. Remove the connection.',
  CONNECTION_PORT_UNKNOWN:
    'Node "{node}" has no {side} port "{port}" number {index}. Remove or redraw the connection.',
  CONNECTION_DUPLICATE: 'The connection from "{from}" to "{to}" is there twice. Remove one.',
  CYCLE_WITHOUT_LOOP_NODE:
    'The nodes {nodes} form a cycle without a loop node. It ends only when an output stays empty, or at {limit} passes.',
  OPENAPI_SYNTAX: 'This is neither JSON nor YAML (line {line}, column {column}): {reason}',
  OPENAPI_VERSION:
    'This is not an OpenAPI document: it is to say "openapi: 3.x" or "swagger: 2.0" at its beginning (found: {found}).',
  OPENAPI_STRUCTURE:
    'The document is broken at {pointer} (line {line}): a value of type {expected} belongs there.',
  OPENAPI_REFERENCE:
    'The reference at {pointer} (line {line}) leads nowhere: {target}. Only references within the document can be followed.',
  OPENAPI_TOO_LARGE: 'The document is larger than {limitMb} MB.',
  OPENAPI_OPERATION_MISSING: 'The document has no operation {method} {path}.',
  OPENAPI_VALUE_MISSING: '"{field}" is empty. Fill it in.',
  OPENAPI_VALUE_INVALID: '"{field}" is no JSON: {reason}',
  PARAMETER_REQUIRED: 'Node "{node}": "{field}" is empty. Fill it in.',
  PARAMETER_UNKNOWN:
    'Node "{node}" has no parameter "{field}"; it is not used. Check its spelling, or remove it.',
  PARAMETER_INVALID: 'Node "{node}": "{field}" is not valid: {reason}',
  CREDENTIAL_REQUIRED:
    'Node "{node}" needs a credential for "{slot}". Choose or create one in the node panel.',
  SECRET_IN_PARAMETER:
    'Node "{node}": "{field}" looks like a secret. Store it as a credential, so that it stays out of exports and run data.',
  TRIGGER_MISSING: 'The workflow has no trigger. Add one, so that something can start it.',
  START_NODE_AMBIGUOUS: 'The workflow has several triggers: {names}. Say which one to start from.',

  WEBHOOK_PATH_TAKEN:
    '{method} {path} already belongs to the workflow "{workflow}". Choose another path, or deactivate that workflow.',
  WEBHOOK_NOT_REGISTERED:
    'No workflow listens at {method} {path}. Check the path, and that the workflow is active.',
  WEBHOOK_WORKFLOW_INACTIVE:
    'The workflow "{workflow}" has a webhook at {method} {path} but is not active. Activate it in the editor, or use the test URL while the editor waits for a call.',
  WEBHOOK_METHOD_NOT_ALLOWED: 'The webhook at {path} does not take {method}; it takes {allowed}.',
  WEBHOOK_NO_RESPONSE: 'The workflow ended without answering: {reason}',
  WEBHOOK_UNAUTHORIZED: 'The webhook asks for a credential that was not sent or is wrong.',
  WEBHOOK_SIGNATURE_INVALID:
    'The call is not signed as the webhook asks for: {reason}. Check that the sender and the webhook have the same secret and settings.',
  WEBHOOK_REPLAYED: 'A call with this signature has come before; it is taken once only. Sign the call anew.',
  WEBHOOK_RATE_LIMITED: 'The webhook takes no more calls for the moment. Try again in {seconds} s.',
  WEBHOOK_FORBIDDEN: 'The webhook takes no calls from {caller}.',
  LISTENER_TIMEOUT: 'The other side did not answer within {seconds} s. Check address and network.',
  LISTENER_CLOSED: 'Node "{node}" has stopped listening.',
  SCHEDULE_INVALID: 'Node "{node}": the schedule is not valid: {reason}',

  EXECUTION_NOT_FOUND: 'There is no execution with the id "{id}". It may have been deleted.',
  EXECUTION_STARTED_ALREADY:
    'For this, the execution {id} was started already; nothing runs a second time. Look there for the result.',
  CALLBACK_NOT_FOUND: 'There is no such callback. It may have been deleted with its execution.',
  CALLBACK_REFUSED:
    'The receiver answered with status {status}. Check the address in the workflow settings and the log of the receiver.',
  WAIT_OVER:
    'Nothing waits for this address any more: it was used, the time was up, or the execution has ended.',
  EXECUTION_FINISHED: 'The execution has already finished.',
  EXECUTION_TIMEOUT:
    'The execution took longer than its limit of {limitMs} ms and was stopped. Raise the limit in the workflow settings if it needs longer.',
  QUEUE_FULL: 'Too many executions wait for their turn ({queued}). Try again in a moment.',
  EXECUTION_CRASH_LOOP:
    'GuixuFlow stopped three times while this execution was running, the last time while it ran alone, so it is not taken up again. Look at its last node and retry it by hand.',
  EXECUTION_LEFT:
    'GuixuFlow is shutting down. The execution goes on when it starts again; do not send the call a second time.',
  EXECUTION_UNFINISHED: 'The execution has not finished yet. Stop it first, or wait for its end.',
  RETRY_NODE_GONE:
    'The node this execution would go on with is not in the workflow any more. Start it again from the beginning, or on the version it ran with.',
  RETRY_NODE_NEVER_RAN: 'That node did not run in this execution. Give the items it is to start with.',
  RETRY_NOTHING_LEFT:
    'This execution finished successfully, so there is nothing left to go on with. Start it again from the beginning or from one of its nodes.',
  DECISION_OVER: 'This has been decided already, or the execution has ended.',
  EFFECT_GIVEN_UP: 'GuixuFlow stopped in the middle of this, and it was decided not to do it again.',
  EXECUTION_INTERRUPTED: 'GuixuFlow stopped while this execution was running. Start it again.',
  EXECUTION_CANCELLED: 'The execution was cancelled.',
  SUB_WORKFLOW_FAILED: 'The sub-workflow "{workflow}" failed: {reason}',
  SUB_WORKFLOW_DEPTH:
    'Sub-workflows call each other more than {limit} levels deep. Check whether one calls itself without an end.',

  NODE_FAILED: '{reason}',
  NODE_TIMEOUT:
    'Node "{node}" took longer than its limit of {limitMs} ms. Raise the limit in its settings if it needs longer.',
  NODE_RUN_LIMIT:
    'Node "{node}" ran {limit} times in one execution and was stopped. Check the cycle it is part of.',
  NODE_OUTPUT_INVALID: 'Node "{node}" gave something that is not a list of items: {reason}',
  CONDITION_INVALID:
    'Condition {condition} cannot be checked: {reason}. Change the type of the condition or the value, or turn on type conversion.',
  FIELD_MISSING: 'No item has the field "{field}". Check its name, or look at the input.',
  PLACEHOLDER_REACHED:
    'This node stands for "{type}", which has no counterpart here. Replace it with another node, or disable it.',
  STOPPED_BY_NODE: '{reason}',
  HTTP_REQUEST_FAILED:
    '{method} {url} could not be sent: {reason}. Check the address and that the server is up.',
  HTTP_STATUS: '{method} {url} was answered with status {status}. {reason}',
  HTTP_TIMEOUT:
    '{method} {url} was not answered within {limitMs} ms. Raise the timeout, or check the server.',
  CONNECTION_REFUSED:
    '{service} at {at} does not answer: nothing listens there. Check host and port, and that it runs.',
  HOST_UNKNOWN: '{service}: the host "{host}" is not known. Check its spelling and the network.',
  CONNECTION_TIMEOUT: '{service} at {at} did not answer in time. Check host, port, network and firewall.',
  CONNECTION_LOST: '{service} at {at} closed the connection.',
  TLS_FAILED:
    '{service} at {at}: no secure connection could be made: {reason}. Check the TLS settings of the credential.',
  HOST_KEY_UNKNOWN:
    '{service} at {at} shows the host key {fingerprint} ({keyType}), which nobody has accepted yet. Compare it with the one its administrator names; if they are the same, paste it into the field "Host key fingerprint" of the credential.',
  HOST_KEY_CHANGED:
    '{service} at {at} shows the host key {fingerprint} ({keyType}), but the credential expects {expected}. Another machine may answer in its place: ask its administrator. Only if the new key is right, paste its fingerprint into the credential.',
  LOGIN_REFUSED:
    '{service} at {at} refused the sign-in: {reason}. Check user name and password in the credential.',
  SERVICE_REFUSED: '{service} refused: {reason}',
  HTTP_BLOCKED: 'Requests to {host} are not allowed: {reason}',
  HTTP_RESPONSE_INVALID:
    'The answer of {url} is not valid {format}: {reason}. Read it as text to see what came.',
  GRAPHQL_FAILED: '{url} refused the query: {reason}',
  TOKEN_INVALID: 'The token does not hold: {reason}',
  COMMANDS_NOT_ALLOWED:
    'Commands are not allowed here. To allow them, start the engine with GUIXU_ALLOW_COMMANDS=true; workflows can then do whatever its user can.',
  COMMAND_FAILED: 'The command ended with exit code {exitCode}. {reason}',
  COMMAND_KILLED: 'The command was ended by the signal {signal}. {reason}',
  COMMAND_TIMEOUT:
    'The command took longer than {limitSeconds} s and was ended. Raise its time limit, or let it do less at a time.',
  COMMAND_OUTPUT_TOO_LARGE:
    'The command wrote more than {limitMb} MB and was stopped. Let it write to a file instead.',
  FILE_FORBIDDEN:
    'The file "{path}" is not in a folder that workflows may use. Put it into one of these, or allow another with GUIXU_ALLOWED_FOLDERS: {folders}',
  FILE_NOT_FOUND: 'There is no file "{path}" here. Check its name, and that its folder is there.',
  FILE_FAILED: 'The file "{path}" cannot be used: {reason}',
  IMAGE_INVALID: 'The file in "{field}" cannot be read as an image: {reason}',
  IMAGE_TOO_LARGE: 'An image of {width} × {height} pixels is too large; {limit} pixels in all are possible.',
  ARCHIVE_INVALID: 'The file in "{field}" cannot be unpacked: {reason}',
  ARCHIVE_ENCRYPTED:
    'The archive in "{field}" is protected by a password ("{file}"). Only archives without one can be unpacked.',
  ARCHIVE_TOO_LARGE:
    'What is in the archive in "{field}" is larger than {limitMb} MB. If you trust it, raise the limit in the node.',
  ARCHIVE_TOO_MANY_FILES:
    'The archive in "{field}" holds more than {limit} files. If you trust it, raise the limit in the node.',
  FILE_INVALID: 'The file in "{field}" cannot be read as {format}: {reason}',
  FILE_PASSWORD:
    'The file in "{field}" is protected by a password. Enter the right one in the node, or save the file without it.',
  FILE_TOO_LARGE:
    'The file in "{field}" is larger than {limitMb} MB, or becomes so when unpacked. Split it, or save it as CSV.',
  SHEET_MISSING: 'There is no sheet "{sheet}" in the file in "{field}". It has: {available}',
  SQL_INVALID: 'The query cannot be carried out: {reason}',
  TASK_MEMORY:
    'This needs more than {limitMb} MB of memory and was stopped. Work on a smaller file, or on fewer items at a time.',
  TASK_TIMEOUT: 'This took longer than {limitMs} ms and was stopped. Work on fewer items, or do it in steps.',
  BINARY_MISSING: 'Item {itemIndex} has no binary field "{field}". It has: {available}',

  DATA_TABLE_NOT_FOUND: 'There is no data table "{table}". It may have been deleted; choose another one.',
  DATA_TABLE_NAME_TAKEN: 'There is a data table called "{name}" already. Choose another name.',
  DATA_COLUMN_UNKNOWN: 'The data table "{table}" has no column "{column}". Its columns are: {columns}.',
  DATA_COLUMN_TAKEN: 'The data table "{table}" has a column "{column}" already. Choose another name.',
  DATA_ROW_NOT_FOUND: 'The data table "{table}" has no row {row}. It may have been deleted.',
  DATA_VALUE_INVALID: 'The value {value} does not fit column "{column}", which holds values of type {type}.',
  DATA_VALUE_TAKEN:
    'Another row has the value {value} in column "{column}", whose values are unique. Update that row instead, or choose another value.',
  DATA_VALUE_TOO_LARGE:
    'A row of the data table "{table}" may take {limit} bytes at most. Keep large data in files.',
  DATA_TABLE_FULL: 'The data table "{table}" has room for {limit} {what} at most. Delete some first.',
  DATA_CSV_INVALID: 'The CSV text cannot be read at line {line}: {reason}. Nothing was imported.',

  EXPRESSION_SYNTAX: 'The expression in "{parameter}" is not valid at character {position}: {reason}',
  EXPRESSION_FAILED: 'The expression in "{parameter}" failed for item {itemIndex}: {reason}',
  EXPRESSION_REFERENCE: 'The expression in "{parameter}" refers to something that is not there: {reason}',
  CODE_FAILED: 'The code failed{at}: {reason}',
  CODE_SYNTAX: 'The code is not valid{at}: {reason}',
  CODE_OUTPUT_INVALID: 'The code must return an object or a list of objects: {reason}',
  PYTHON_MISSING:
    'Python is not part of this installation. Install it with "npm install {package}" in the folder of the application, then start it again.',
  RUST_MISSING:
    'There is no Rust compiler here that makes WebAssembly. On Debian and Ubuntu: "apt install rustc libstd-rust-dev-wasm32 lld"; with rustup: "rustup target add wasm32-unknown-unknown".',
  RUST_SANDBOX_MISSING:
    'Rust is compiled in a sandbox of the operating system only, and there is none here ({reason}). It needs Linux with bubblewrap ("apt install bubblewrap") and user namespaces.',
  RUST_INVALID: 'The Rust code cannot be compiled{at}: {reason}',
  SANDBOX_TIMEOUT:
    'The code ran longer than {limitMs} ms and was stopped. Look for a loop that does not end, or raise the limit.',
  SANDBOX_MEMORY:
    'The code used more than {limitMb} MB of memory and was stopped. Work on fewer items at a time.',
  SANDBOX_OUTPUT_TOO_LARGE:
    'The code returned more than {limitMb} MB. Return less, or store large data as a file.',

  CREDENTIAL_NOT_FOUND:
    'The credential "{id}" does not exist any more. Choose another one in the node panel.',
  CREDENTIAL_TYPE_UNKNOWN: 'There is no credential type "{type}".',
  CREDENTIAL_INVALID: 'The credential is not complete: {reason}',
  CREDENTIAL_IN_USE: 'The credential "{name}" is used by: {workflows}. Choose another one there first.',
  CREDENTIAL_NOT_TESTABLE:
    'A credential of the type "{type}" belongs to no one service, so there is nothing to test it against.',
  OAUTH_NOT_CONNECTED: 'Nobody has signed in for this credential yet. Open it and choose “Connect”.',
  OAUTH_EXPIRED:
    'The sign-in has expired and the provider gave nothing to renew it with. Open the credential and choose “Connect”.',
  OAUTH_STATE_UNKNOWN:
    'This sign-in is not known: it took too long, or was finished before. Open the credential and choose “Connect” again.',
  OAUTH_FAILED: 'The provider refused the sign-in: {reason}',
  CREDENTIAL_TEST_TIMEOUT: 'The other side did not answer within {seconds} s. Check address and network.',
  CREDENTIAL_UNREADABLE:
    'The credential "{name}" cannot be decrypted with the present key. Restore the key it was stored with, or enter the secret again.',

  DATA_FOLDER_UNWRITABLE:
    'The data folder {path} cannot be written: {reason}. Give this user write access, or choose another folder with --data.',
  DATA_FOLDER_LOCKED:
    'The data folder {path} is in use by a running GuixuFlow{owner}. Use that one, stop it, or choose another folder with --data.',
  DATABASE_TOO_NEW:
    'The database was written by a newer GuixuFlow (schema {version}, this one knows up to {supported}). Nothing was changed. Update GuixuFlow.',
  BACKUP_INVALID:
    'This backup cannot be restored: {reason}. Nothing was changed. Take another file, or make the copy of this one again.',
  BACKUP_DATABASE_MISMATCH:
    'This backup is of an installation with {backup}, this one uses {here}. Nothing was changed. With PostgreSQL, back up and restore the database with pg_dump and pg_restore.',
  BACKUP_KEY_MISSING:
    'The key is not in the data folder ({path}), so it cannot be added to the backup. It comes from the keychain or from GUIXU_ENCRYPTION_KEY: keep it from there, or make the backup without it.',
  DATABASE_UNREACHABLE:
    'The database cannot be reached: {reason}. Check --database-url and that the server is up.',
  PORT_IN_USE:
    'Port {port} on {host} is in use. Stop the program that uses it, or choose another port with --port.',
  HOST_NEEDS_AUTHENTICATION:
    'Listening on {host} lets others on the network in, so a key is needed. Set GUIXU_API_KEY (at least 16 characters), or listen on 127.0.0.1.',
  CONFIG_INVALID: 'The setting {name} is not valid: {reason}',
  ENGINE_STOPPING: 'GuixuFlow is shutting down. Try again in a moment.',
};
