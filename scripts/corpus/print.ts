import type { TemplateFigures } from './check-templates.ts';
import { KNOWN } from './known.ts';
import type { CaseResult } from './result.ts';

const LONGEST_REASON = 300;

export function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 100 : (part / whole) * 100).toFixed(1)} %`;
}

export function printTemplates(figures: TemplateFigures, isVerbose: boolean): void {
  const { templates, crashed, nodes, mapped, coreNodes, coreMapped } = figures;
  console.log(`templates: ${templates - crashed.length} of ${templates} imported`);
  for (const { id, reason } of crashed) console.log(`  crashed: ${id}: ${reason}`);
  console.log(`  nodes mapped: ${mapped} of ${nodes} (${percent(mapped, nodes)})`);
  console.log(
    `  without AI and app nodes: ${coreMapped} of ${coreNodes} (${percent(coreMapped, coreNodes)})`,
  );
  const shown = isVerbose ? Infinity : 10;
  for (const [type, count] of figures.missing.slice(0, shown))
    console.log(`  not mapped: ${count} × ${type}`);
  for (const [finding, count] of figures.findings.slice(0, shown))
    console.log(`  finding: ${count} × ${finding}`);
  console.log('');
}

export function printResults(results: readonly CaseResult[], isVerbose: boolean): void {
  for (const { id, outcome, reason = '' } of results) {
    if (outcome === 'passed') continue;
    const shown =
      isVerbose || reason.length <= LONGEST_REASON ? reason : `${reason.slice(0, LONGEST_REASON)}…`;
    console.log(`${outcome}: ${id}\n    ${shown}${KNOWN[id] ? `\n    on purpose: ${KNOWN[id]}` : ''}`);
  }
  const plain = results.filter(({ isMocked }) => !isMocked);
  console.log('\nby node type                              passed  failed  unsupported');
  for (const [name, group] of groups(plain)) console.log(row(name, group));
  const mocked = results.filter(({ isMocked }) => isMocked);
  if (mocked.length > 0) console.log(`\n${row('with answers of a local server', mocked)}`);
  const small = plain.filter(({ kind }) => kind !== 'workflow');
  const workflows = plain.filter(({ kind }) => kind === 'workflow');
  const passed = (list: readonly CaseResult[]) => list.filter(({ outcome }) => outcome === 'passed').length;
  console.log(
    `\nexpressions, filters, proxies: ${passed(small)} of ${small.length} (${percent(passed(small), small.length)})`,
  );
  console.log(
    `workflows: ${passed(workflows)} of ${workflows.length} (${percent(passed(workflows), workflows.length)})`,
  );
  console.log(
    `corpus: ${passed(plain)} of ${plain.length} runnable cases pass (${percent(passed(plain), plain.length)})`,
  );
}

/** A workflow counts for every node type in it, a small case for its kind. */
function groups(results: readonly CaseResult[]): Array<[string, CaseResult[]]> {
  const byName = new Map<string, CaseResult[]>();
  for (const result of results) {
    for (const name of result.types.length > 0 ? result.types : [`(${result.kind})`]) {
      const group = byName.get(name);
      if (group) group.push(result);
      else byName.set(name, [result]);
    }
  }
  return [...byName].sort(([a], [b]) => a.localeCompare(b));
}

function row(name: string, results: readonly CaseResult[]): string {
  const count = (wanted: CaseResult['outcome']) =>
    String(results.filter(({ outcome }) => outcome === wanted).length);
  return `${name.padEnd(40)}${count('passed').padStart(8)}${count('failed').padStart(8)}${count('unsupported').padStart(13)}`;
}
