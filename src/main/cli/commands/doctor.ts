import { readConfig, type ConfigOverrides } from '../../../engine/kernel/index.ts';
import { textOption, type Command } from '../command.ts';
import { checkInstallation, type Finding } from '../installation-checks.ts';

export const doctor: Command = {
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    en: `Usage: guixuflow doctor [--data DIR] [--port N] [--host NAME] [--json]

Checks Node, the native modules, the data folder, the port and the built editor, and says how to mend what is wrong.
Ends with 1 when something keeps GuixuFlow from running.`,
    'zh-CN': `用法：guixuflow doctor [--data 文件夹] [--port N] [--host 名称] [--json]

检查 Node、原生模块、数据文件夹、端口和已构建的编辑器，并说明如何修复问题。存在妨碍运行的问题时退出码为 1。`,
  },
  async run(call) {
    const { output } = call;
    const overrides: ConfigOverrides = {};
    for (const [option, name] of [
      ['data', 'dataDir'],
      ['port', 'port'],
      ['host', 'host'],
    ] as const) {
      const value = textOption(call, option);
      if (value !== undefined) overrides[name] = value;
    }
    const findings = await checkInstallation(readConfig(call.env, overrides), output);
    if (call.values['json'] === true) output.print(JSON.stringify({ findings }));
    else for (const finding of findings) output.print(describe(finding));
    return findings.some(({ state }) => state === 'error') ? 1 : 0;
  },
};

function describe({ state, title, detail, remedy }: Finding): string {
  const mark = { ok: '✓', warning: '!', error: '✗' }[state];
  return `${mark} ${title}: ${detail}${remedy ? `\n    → ${remedy}` : ''}`;
}
