import type { ImportCode } from './texts.en.ts';

export const IMPORT_TEXTS_ZH_CN: Record<ImportCode, string> = {
  NODE_UNSUPPORTED:
    '暂时没有与“{type}”对应的节点。已用占位节点保留它的位置、连线和设置；运行这一部分之前请替换它，例如换成 HTTP 请求节点。',
  NODE_VERSION_UNSUPPORTED:
    '“{type}”的操作“{operation}”暂时没有对应的实现。占位节点保留了它的设置；运行这一部分之前请替换它。',
  PARAMETER_UNSUPPORTED: '设置“{parameter}”没有对应项，已略去（{value}）。请检查该节点是否仍符合需要。',
  OPTION_UNSUPPORTED: '“{parameter}”的选项“{value}”没有对应项，改用“{used}”。请检查该节点是否仍符合需要。',
  EXPRESSION_UNSUPPORTED: '表达式用到了 {name}，这里没有它。请改写这一部分。',
  PARAMETER_REFERENCE: '表达式读取了本节点的参数（$parameter）。参数名称可能不同，请检查。',
  CREDENTIAL_TO_CHOOSE:
    '使用了凭证“{name}”（{type}）。导出文件不包含机密信息：请在“凭证”中创建，并在节点中选择。',
  CREDENTIAL_TYPE_UNSUPPORTED:
    '使用了类型为“{type}”的凭证“{name}”，暂时没有对应的类型。如果该服务支持，请改用请求头、基本认证或 Bearer 凭证。',
  WORKFLOW_TO_CHOOSE: '调用了工作流“{workflow}”。请一并导入，并在节点中选择它。',
  DATA_TABLE_TO_CHOOSE:
    '使用了数据表“{table}”。导出文件不含数据行：请新建同名、同列的数据表，或在节点中选择其他数据表。',
  ERROR_WORKFLOW_TO_CHOOSE: '原工作流设有错误处理工作流（“{workflow}”）。请一并导入，并在设置中选择它。',
  SETTING_UNSUPPORTED: '工作流设置“{setting}”没有对应项，已略去。',
  PINNED_FILES_DROPPED: '固定数据中含有文件。数据项已保留，文件没有保留：请运行一次该节点并重新固定。',
  CONNECTION_DROPPED: '一条指向“{target}”的连线没有终点，已略去。',
};
