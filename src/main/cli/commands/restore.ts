import { resolve } from 'node:path';
import { restoreBackup } from '../../../engine/app.ts';
import { readConfig, type ConfigOverrides } from '../../../engine/kernel/index.ts';
import { textOption, type Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';

export const restore: Command = {
  options: { data: { type: 'string' }, 'database-url': { type: 'string' } },
  help: {
    en: `Usage: guixuflow restore FILE [--data DIR]

Checks a backup as a whole and puts it in place of what is in the data folder, which is kept aside as
*.before-restore. Refuses while GuixuFlow runs on the folder.

  --data DIR   Data folder; it is made when it is not there`,
    'zh-CN': `用法：guixuflow restore 文件 [--data 文件夹]

完整检查备份后，用它替换数据文件夹中的数据；原有数据保留为 *.before-restore。
GuixuFlow 正在使用该文件夹时拒绝恢复。

  --data 文件夹  数据文件夹；不存在时会创建`,
  },
  async run(call) {
    const [name, ...others] = call.positionals;
    const { output } = call;
    if (name === undefined || others.length > 0)
      throw new UsageError(output.text('Name one backup file.', '请指定一个备份文件。'));
    const overrides: ConfigOverrides = {};
    const dataDir = textOption(call, 'data');
    const databaseUrl = textOption(call, 'database-url');
    if (dataDir !== undefined) overrides.dataDir = dataDir;
    if (databaseUrl !== undefined) overrides.databaseUrl = databaseUrl;
    const config = readConfig(call.env, overrides);
    const { manifest, kept } = await restoreBackup(config, resolve(name));
    const made = new Date(manifest.createdAt).toLocaleString(output.locale);
    output.print(
      output.text(
        `Restored ${config.dataDir} from the backup of ${made}.`,
        `已从 ${made} 的备份恢复 ${config.dataDir}。`,
      ),
    );
    for (const path of kept) output.print(output.text(`  kept aside: ${path}`, `  原有数据保留在：${path}`));
    if (!manifest.includesKey)
      output.say(
        output.text(
          'The backup holds no key: credentials can be read with the key that they were stored with only.',
          '该备份不含密钥：凭证只能用保存时的密钥读取。',
        ),
      );
    return 0;
  },
};
