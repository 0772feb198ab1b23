import { renewKey } from '../../../engine/app.ts';
import { EngineError, readConfig, type ConfigOverrides } from '../../../engine/kernel/index.ts';
import { textOption, type Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const NEW_KEY = 'GUIXU_NEW_ENCRYPTION_KEY';

export const rotateKey: Command = {
  options: { data: { type: 'string' }, 'database-url': { type: 'string' } },
  help: {
    en: `Usage: guixuflow rotate-key [--data DIR]

Replaces the key that credentials are encrypted with. What is stored stays readable, with the new key only; backups made
before need the former one. Refuses while GuixuFlow runs on the folder; with a shared PostgreSQL, stop every instance first.

Without GUIXU_ENCRYPTION_KEY the key file of the data folder is replaced. With it, the text that follows is taken from
GUIXU_NEW_ENCRYPTION_KEY; start GuixuFlow with that text from then on.

  --data DIR   Data folder`,
    'zh-CN': `用法：guixuflow rotate-key [--data 文件夹]

更换凭证的加密密钥。已保存的数据只能用新密钥读取；此前的备份仍需旧密钥。GuixuFlow 正在使用该文件夹时拒绝更换；
使用共享的 PostgreSQL 时，请先停止所有实例。

未设置 GUIXU_ENCRYPTION_KEY 时更换数据文件夹中的密钥文件。已设置时，新文本取自 GUIXU_NEW_ENCRYPTION_KEY，
之后请用它启动 GuixuFlow。

  --data 文件夹  数据文件夹`,
  },
  async run(call) {
    const { output, env } = call;
    if (call.positionals.length > 0)
      throw new UsageError(output.text('This command takes no arguments.', '该命令不接受参数。'));
    const overrides: ConfigOverrides = {};
    const dataDir = textOption(call, 'data');
    const databaseUrl = textOption(call, 'database-url');
    if (dataDir !== undefined) overrides.dataDir = dataDir;
    if (databaseUrl !== undefined) overrides.databaseUrl = databaseUrl;
    const config = readConfig(env, overrides);
    const text = config.encryptionKey === null ? null : newText(config.encryptionKey, env[NEW_KEY]);
    const { credentials, unreadable } = await renewKey(config, text);
    output.print(
      output.text(
        `The key was replaced. Credentials: ${credentials}.`,
        `密钥已更换。凭证数：${credentials}。`,
      ),
    );
    if (unreadable.length > 0)
      output.say(
        output.text(
          `The former key did not open these, enter their secrets again: ${unreadable.join(', ')}`,
          `旧密钥无法解密以下凭证，请重新填写：${unreadable.join('、')}`,
        ),
      );
    if (text !== null)
      output.say(
        output.text(
          `Start GuixuFlow with the new text in GUIXU_ENCRYPTION_KEY from now on.`,
          `今后请将新文本设为 GUIXU_ENCRYPTION_KEY 再启动 GuixuFlow。`,
        ),
      );
    return 0;
  },
};

function newText(former: string, text: string | undefined): string {
  if (text === undefined || text.length < 16 || text === former) {
    const reason = 'give another text of at least 16 characters';
    throw new EngineError('CONFIG_INVALID', { name: NEW_KEY, reason });
  }
  return text;
}
