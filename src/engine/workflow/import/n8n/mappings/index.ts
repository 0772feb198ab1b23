import type { NodeMapping } from '../mapping.ts';
import { aggregate } from './aggregate.ts';
import { code, functionItem, functionNode } from './code.ts';
import { compareDatasets } from './compare-datasets.ts';
import { compression } from './compression.ts';
import { crypto } from './crypto.ts';
import { dataTable } from './data-table.ts';
import { dateTime } from './date-time.ts';
import { editImage } from './edit-image.ts';
import { errorTrigger } from './error-trigger.ts';
import { executeCommand } from './execute-command.ts';
import { executionData } from './execution-data.ts';
import { executeWorkflow, executeWorkflowTrigger } from './execute-workflow.ts';
import { convertToFile } from './convert-to-file.ts';
import { extractFromFile, readPdf } from './extract-from-file.ts';
import { iCal } from './calendar-event.ts';
import { mongodb } from './mongodb.ts';
import { moveBinaryData } from './move-binary-data.ts';
import { spreadsheetFile } from './spreadsheet-file.ts';
import { graphql } from './graphql.ts';
import { html, htmlExtract } from './html.ts';
import { form, formTrigger } from './form.ts';
import { httpRequest } from './http-request.ts';
import { filter, ifNode } from './if-and-filter.ts';
import { itemLists } from './item-lists.ts';
import { jwt } from './jwt.ts';
import { limit } from './limit.ts';
import { readBinaryFile, readBinaryFiles, readWriteFile, writeBinaryFile } from './local-files.ts';
import { manualTrigger } from './manual-trigger.ts';
import { markdown } from './markdown.ts';
import { merge } from './merge.ts';
import { noOp } from './no-op.ts';
import { quickChart } from './quick-chart.ts';
import { removeDuplicates } from './remove-duplicates.ts';
import { renameKeys } from './rename-keys.ts';
import { rssRead } from './rss-read.ts';
import { sqlDatabase } from './sql-database.ts';
import { cron, interval, scheduleTrigger } from './schedule.ts';
import { set } from './set.ts';
import { sort } from './sort.ts';
import { splitInBatches } from './split-in-batches.ts';
import { splitOut } from './split-out.ts';
import { stickyNote } from './sticky-note.ts';
import { stopAndError } from './stop-and-error.ts';
import { summarize } from './summarize.ts';
import { switchNode } from './switch.ts';
import { totp } from './totp.ts';
import { wait } from './wait.ts';
import { respondToWebhook, webhook } from './webhook.ts';
import { xml } from './xml.ts';

const MAPPINGS: readonly NodeMapping[] = [
  ...[
    manualTrigger,
    errorTrigger,
    executeWorkflowTrigger,
    webhook,
    formTrigger,
    scheduleTrigger,
    cron,
    interval,
  ],
  ...[set, ifNode, filter, switchNode, merge, splitInBatches, noOp, stopAndError, stickyNote, wait, form],
  ...[code, functionNode, functionItem, executeWorkflow, executeCommand, httpRequest, respondToWebhook],
  ...[splitOut, aggregate, summarize, sort, limit, removeDuplicates, renameKeys, itemLists],
  ...[compareDatasets, dataTable, dateTime, crypto, xml, html, htmlExtract, markdown],
  ...[extractFromFile, convertToFile, moveBinaryData, spreadsheetFile, readPdf, iCal, compression],
  ...[readBinaryFile, readBinaryFiles, writeBinaryFile, readWriteFile, editImage],
  ...[executionData, jwt, totp, rssRead, graphql, quickChart, mongodb, sqlDatabase],
];

const BY_TYPE = new Map(MAPPINGS.flatMap((mapping) => mapping.from.map((type) => [type, mapping] as const)));

/** The mapping of an n8n node type, its package left out where it is `n8n-nodes-base`. */
export function mappingFor(type: string): NodeMapping | undefined {
  return BY_TYPE.get(type);
}
