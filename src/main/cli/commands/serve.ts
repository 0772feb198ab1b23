import { readConfig, type ConfigOverrides } from '../../../engine/kernel/index.ts';
import { serveUntilSignal } from '../../headless/index.ts';
import { textOption, type Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';

export const serve: Command = {
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    data: { type: 'string' },
    'database-url': { type: 'string' },
  },
  help: {
    en: `Usage: guixuflow serve [--port 5680] [--host 127.0.0.1] [--data DIR] [--database-url URL]

Starts the engine with its API, webhooks and the editor, and prints the link that opens the editor.

  --port N             Port to listen on; 0 takes a free one
  --host NAME          Address to listen on; beyond this machine it needs GUIXU_API_KEY
  --data DIR           Data folder
  --database-url URL   PostgreSQL instead of SQLite in the data folder

Ctrl+C stops: running executions get 10 seconds to finish.`,
    'zh-CN': `用法：guixuflow serve [--port 5680] [--host 127.0.0.1] [--data 文件夹] [--database-url URL]

启动引擎（含 API、Webhook 和编辑器），并显示打开编辑器的链接。

  --port N             监听端口；0 表示自动选择空闲端口
  --host 名称          监听地址；对外监听需要设置 GUIXU_API_KEY
  --data 文件夹        数据文件夹
  --database-url URL   使用 PostgreSQL，而不是数据文件夹中的 SQLite

按 Ctrl+C 停止：正在运行的执行有 10 秒时间完成。`,
  },
  async run(call) {
    if (call.positionals.length > 0)
      throw new UsageError(call.output.text('"serve" takes no files.', '“serve”不接受文件参数。'));
    const overrides: ConfigOverrides = {};
    for (const [option, name] of [
      ['port', 'port'],
      ['host', 'host'],
      ['data', 'dataDir'],
      ['database-url', 'databaseUrl'],
    ] as const) {
      const value = textOption(call, option);
      if (value !== undefined) overrides[name] = value;
    }
    const config = readConfig(call.env, overrides);
    await serveUntilSignal(config, {
      started(app) {
        call.output.print(
          call.output.text(`GuixuFlow is running at ${app.startUrl}`, `GuixuFlow 正在运行：${app.startUrl}`),
        );
      },
      stopping() {
        call.output.say(call.output.text('Stopping…', '正在停止……'));
      },
    });
    return 0;
  },
};
