import type { Locale } from '../../contract/index.ts';

const OVERVIEW: Record<Locale, string> = {
  en: `GuixuFlow: workflow automation and AI orchestration on your own machine

Usage: guixuflow COMMAND [options]

  serve            Start the engine and the editor for the browser
  execute FILE…    Run workflow files once and print what every node gave
  import FILE…     Put workflow files into the data folder
  export ID        Print a workflow as a file
  versions ID      List the versions of a workflow
  diff ID          Print what has changed between two versions, or since the published one
  backup FILE      Write everything to one file, also while the engine runs
  restore FILE     Put a backup in place of the data
  rotate-key       Replace the key that credentials are encrypted with
  doctor           Check this installation and say how to mend it
  help COMMAND     Explain a command

Options: --help, --version

Settings come from the environment: GUIXU_DATA_DIR, GUIXU_PORT, GUIXU_HOST, GUIXU_DATABASE_URL, GUIXU_API_KEY,
GUIXU_ENCRYPTION_KEY, GUIXU_TIMEZONE, GUIXU_LOG_LEVEL, GUIXU_BODY_LIMIT, GUIXU_UPLOAD_LIMIT, GUIXU_EXPRESSION_ENV,
GUIXU_WEBHOOK_URL, GUIXU_SQLITE_SYNCHRONOUS, GUIXU_ALLOWED_FOLDERS, GUIXU_ALLOW_COMMANDS.`,
  'zh-CN': `GuixuFlow：运行在自己电脑上的工作流自动化与 AI 编排

用法：guixuflow 命令 [选项]

  serve            启动引擎和浏览器编辑器
  execute 文件…    运行工作流文件一次，并输出每个节点的结果
  import 文件…     将工作流文件导入数据文件夹
  export ID        输出工作流文件
  versions ID      列出工作流的全部版本
  diff ID          输出两个版本之间或自发布以来的改动
  backup 文件      将全部数据写入一个文件，引擎运行时也可以使用
  restore 文件     用备份替换现有数据
  rotate-key       更换凭证的加密密钥
  doctor           检查当前安装并说明如何修复
  help 命令        说明某个命令

选项：--help、--version

设置来自环境变量：GUIXU_DATA_DIR、GUIXU_PORT、GUIXU_HOST、GUIXU_DATABASE_URL、GUIXU_API_KEY、
GUIXU_ENCRYPTION_KEY、GUIXU_TIMEZONE、GUIXU_LOG_LEVEL、GUIXU_BODY_LIMIT、GUIXU_UPLOAD_LIMIT、
GUIXU_EXPRESSION_ENV、GUIXU_WEBHOOK_URL、GUIXU_SQLITE_SYNCHRONOUS、GUIXU_ALLOWED_FOLDERS、
GUIXU_ALLOW_COMMANDS。`,
};

export function overview(locale: Locale): string {
  return OVERVIEW[locale];
}
