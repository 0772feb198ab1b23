import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from '../command.ts';
import { openEngine } from '../engine-session.ts';
import { UsageError } from '../usage-error.ts';

export const backup: Command = {
  options: {
    data: { type: 'string' },
    'database-url': { type: 'string' },
    'with-key': { type: 'boolean' },
  },
  help: {
    en: `Usage: guixuflow backup FILE [--with-key] [--data DIR]

Writes the database and the files of items as they are now to one ZIP file, also while GuixuFlow runs.

  --with-key   Add the key that credentials are encrypted with. Without it they can be read again only where the same
               key is: in encryption.key of the data folder, the keychain, or GUIXU_ENCRYPTION_KEY. Keep such a file safe
  --data DIR   Data folder

With PostgreSQL only the files are backed up: use pg_dump for the database. Files in the folder that nodes write to
("files") are not part of a backup.`,
    'zh-CN': `用法：guixuflow backup 文件 [--with-key] [--data 文件夹]

将数据库和数据项的文件按当前状态写入一个 ZIP 文件，GuixuFlow 运行时也可以使用。

  --with-key     同时保存凭证的加密密钥。不含密钥时，只有在有同一密钥的地方才能读取凭证：
                 数据文件夹中的 encryption.key、系统钥匙串或 GUIXU_ENCRYPTION_KEY。含密钥的文件请妥善保管
  --data 文件夹  数据文件夹

使用 PostgreSQL 时只备份文件，数据库请用 pg_dump 备份。节点写入的文件夹（“files”）不在备份中。`,
  },
  async run(call) {
    const [name, ...others] = call.positionals;
    const { output } = call;
    if (name === undefined || others.length > 0)
      throw new UsageError(output.text('Name one file to write.', '请指定一个要写入的文件。'));
    const path = resolve(name);
    const part = `${path}.part`;
    const session = await openEngine(call, { temporary: false });
    try {
      const { database } = await session.client.system.info();
      const content = await session.backup(call.values['with-key'] === true);
      await pipeline(content, createWriteStream(part, { mode: 0o600 }));
      await rename(part, path);
      output.print(output.text(`Backed up to ${path}`, `已备份到 ${path}`));
      if (database === 'postgres')
        output.say(
          output.text(
            'The database is PostgreSQL: this file holds the files of items only. Back up the database with pg_dump.',
            '数据库是 PostgreSQL：此文件只包含数据项的文件。请用 pg_dump 备份数据库。',
          ),
        );
    } finally {
      await rm(part, { force: true });
      await session.close();
    }
    return 0;
  },
};
