/**
 * Runs a folder of n8n workflows, expressions and templates with known outcomes and prints how many agree.
 *
 *   npm run corpus -- FOLDER                  everything
 *   npm run corpus -- FOLDER --type merge     cases with a node of that type
 *   npm run corpus -- FOLDER --case pairedItem
 *   --verbose                                 says what differs in full
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCorpus } from './corpus/cases.ts';
import { checkTemplates } from './corpus/check-templates.ts';
import { isAppOrAi } from './corpus/core-types.ts';
import { printResults, printTemplates } from './corpus/print.ts';
import { runCorpus } from './corpus/run-corpus.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    type: { type: 'string' },
    case: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (folder === undefined || !existsSync(folder)) {
  console.error(
    folder === undefined
      ? 'Name the folder: npm run corpus -- FOLDER'
      : `There is no folder ${folder}. Name one that holds "cases" and "templates".`,
  );
  process.exit(2);
}
const corpus = readCorpus(folder);
if (values.type === undefined && values.case === undefined && corpus.templates.length > 0)
  printTemplates(checkTemplates(corpus.templates, isAppOrAi), values.verbose);
const results = await runCorpus(corpus, { type: values.type, text: values.case });
printResults(results, values.verbose);
