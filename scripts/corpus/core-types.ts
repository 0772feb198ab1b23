/**
 * n8n's general node types, without package: those that speak for no AI model and no single application. All others
 * are left out of the share of nodes that imports map.
 */
const CORE_TYPES: ReadonlySet<string> = new Set([
  // Triggers
  ...['manualTrigger', 'start', 'webhook', 'scheduleTrigger', 'cron', 'interval', 'formTrigger', 'form'],
  ...['errorTrigger', 'executeWorkflowTrigger', 'localFileTrigger', 'sseTrigger', 'emailReadImap'],
  ...['rssFeedReadTrigger', 'n8nTrigger', 'workflowTrigger'],
  // Data and flow
  ...['set', 'if', 'filter', 'switch', 'merge', 'noOp', 'wait', 'splitInBatches', 'splitOut', 'aggregate'],
  ...['summarize', 'sort', 'limit', 'removeDuplicates', 'renameKeys', 'itemLists', 'compareDatasets'],
  ...['code', 'function', 'functionItem', 'executeWorkflow', 'executionData', 'stopAndError', 'stickyNote'],
  ...['dateTime', 'crypto', 'jwt', 'totp', 'respondToWebhook', 'debugHelper', 'simulate'],
  // Formats and files
  ...['html', 'htmlExtract', 'xml', 'markdown', 'compression', 'convertToFile', 'extractFromFile'],
  ...['spreadsheetFile', 'readPDF', 'readWriteFile', 'readBinaryFile', 'readBinaryFiles', 'writeBinaryFile'],
  ...['moveBinaryData', 'editImage', 'quickChart', 'iCal'],
  // Protocols
  ...['httpRequest', 'graphql', 'rssFeedRead', 'emailSend', 'ftp', 'ssh', 'executeCommand', 'git', 'ldap'],
  // Databases, queues and storage that anybody can run
  ...['postgres', 'mySql', 'microsoftSql', 'mongoDb', 'redis', 'crateDb', 'questDb', 'timescaleDb', 's3'],
  ...['kafka', 'kafkaTrigger', 'rabbitmq', 'rabbitmqTrigger', 'mqtt', 'mqttTrigger', 'amqp', 'amqpTrigger'],
  ...['postgresTrigger', 'redisTrigger', 'dataTable'],
]);

export function isAppOrAi(type: string): boolean {
  const [packageName, name = ''] = type.split(/\.(?=[^.]*$)/);
  return packageName !== 'n8n-nodes-base' || !CORE_TYPES.has(name);
}
