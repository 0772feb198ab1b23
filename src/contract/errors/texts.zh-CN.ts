import type { ErrorCode } from './codes.ts';

/** 说清出了什么问题、在哪里、接下来怎么办。 */
export const ERROR_TEXTS_ZH_CN: Record<ErrorCode, string> = {
  INPUT_INVALID: '请求的格式不正确：{reason}',
  JSON_INVALID: '请求体不是有效的 JSON：{reason}。请检查发送的内容。',
  UNAUTHORIZED: '请先登录：用启动时给出的链接打开应用，或在请求头中加入 API 密钥“Authorization: Bearer …”。',
  FORBIDDEN: '此处不允许该操作：{reason}',
  NOT_FOUND: '{path} 处没有内容。',
  BODY_TOO_LARGE: '请求体超过 {limit} 字节的上限。请减少内容，或在设置中提高上限。',
  INTERNAL: 'GuixuFlow 内部出错。详情见日志中的请求 {requestId}。',

  WORKFLOW_NOT_FOUND: '没有 ID 为“{id}”的工作流，它可能已被删除。',
  WORKFLOW_INVALID: '工作流暂时无法运行：{reason}',
  WORKFLOW_FILE_INVALID: '这不是工作流文件：{reason}',
  WORKFLOW_TOO_NEW:
    '该工作流由更新版本的 GuixuFlow 保存（文档版本 {version}，当前最高支持 {supported}）。请升级 GuixuFlow 后再打开。',
  REVISION_STALE:
    '在此期间有人保存了该工作流（当前修订 {current}，你的修订 {revision}）。你的修改仍在：可重新加载查看对方的修改，或另存为副本。',
  WORKFLOW_ACTIVE: '工作流“{name}”正在启用中，请先停用。',
  WORKFLOW_NOT_PUBLISHED: '工作流“{name}”还没有发布版本，启用一次即可发布。',

  NODE_TYPE_UNKNOWN: '节点“{node}”：未安装节点类型“{type}”（版本 {version}）。请安装它，或更换该节点。',
  NODE_NAME_DUPLICATE: '有两个节点都叫“{node}”。请改名：表达式靠名称查找节点。',
  NODE_ID_DUPLICATE: '有两个节点的 ID 都是“{id}”，每个节点的 ID 必须唯一。',
  CONNECTION_DANGLING: '有一条连线指向工作流中不存在的节点“{id}”，请删除该连线。',
  CONNECTION_PORT_UNKNOWN: '节点“{node}”没有第 {index} 个 {side} 端口“{port}”，请删除或重新连线。',
  CONNECTION_DUPLICATE: '从“{from}”到“{to}”的连线重复，请删除一条。',
  CYCLE_WITHOUT_LOOP_NODE:
    '节点 {nodes} 构成了没有循环节点的环。只有某个输出为空，或达到 {limit} 次时才会结束。',
  PARAMETER_REQUIRED: '节点“{node}”：“{field}”为空，请填写。',
  PARAMETER_UNKNOWN: '节点“{node}”没有参数“{field}”，它不会起作用。请检查拼写，或将其删除。',
  PARAMETER_INVALID: '节点“{node}”：“{field}”无效：{reason}',
  CREDENTIAL_REQUIRED: '节点“{node}”的“{slot}”需要凭证，请在节点面板中选择或新建。',
  SECRET_IN_PARAMETER: '节点“{node}”：“{field}”看起来是密钥。请存为凭证，以免出现在导出文件和运行数据中。',
  TRIGGER_MISSING: '工作流没有触发器。请添加一个，才能启动它。',
  START_NODE_AMBIGUOUS: '工作流有多个触发器：{names}。请指定从哪一个开始。',

  WEBHOOK_PATH_TAKEN: '{method} {path} 已被工作流“{workflow}”占用。请换一个路径，或停用那个工作流。',
  WEBHOOK_NOT_REGISTERED: '没有工作流监听 {method} {path}。请检查路径，并确认工作流已启用。',
  WEBHOOK_WORKFLOW_INACTIVE:
    '工作流“{workflow}”在 {method} {path} 有 Webhook，但尚未启用。请在编辑器中启用；若编辑器正在等待调用，请使用测试地址。',
  WEBHOOK_METHOD_NOT_ALLOWED: '{path} 的 Webhook 不接受 {method}，只接受 {allowed}。',
  WEBHOOK_NO_RESPONSE: '工作流结束但没有应答：{reason}',
  WEBHOOK_UNAUTHORIZED: '该 Webhook 需要凭证，但请求中没有或不正确。',
  WEBHOOK_FORBIDDEN: '该 Webhook 不接受来自 {caller} 的调用。',
  SCHEDULE_INVALID: '节点“{node}”：定时设置无效：{reason}',

  EXECUTION_NOT_FOUND: '没有 ID 为“{id}”的执行记录，它可能已被删除。',
  WAIT_OVER: '这个地址已失效：已被使用、等待超时，或执行已经结束。',
  EXECUTION_FINISHED: '该执行已经结束。',
  EXECUTION_TIMEOUT: '执行超过 {limitMs} 毫秒的时限，已停止。如需更久，请在工作流设置中提高时限。',
  EXECUTION_INTERRUPTED: '该执行运行期间 GuixuFlow 停止了，请重新运行。',
  EXECUTION_CANCELLED: '执行已取消。',
  SUB_WORKFLOW_FAILED: '子工作流“{workflow}”失败：{reason}',
  SUB_WORKFLOW_DEPTH: '子工作流互相调用超过 {limit} 层。请检查是否有工作流无休止地调用自己。',

  NODE_FAILED: '{reason}',
  NODE_TIMEOUT: '节点“{node}”超过 {limitMs} 毫秒的时限。如需更久，请在其设置中提高时限。',
  NODE_RUN_LIMIT: '节点“{node}”在一次执行中运行了 {limit} 次，已停止。请检查它所在的环。',
  NODE_OUTPUT_INVALID: '节点“{node}”的输出不是数据项列表：{reason}',
  CONDITION_INVALID: '第 {condition} 个条件无法判断：{reason}。请修改条件的类型或值，或开启类型转换。',
  FIELD_MISSING: '没有数据项包含字段“{field}”。请检查名称，或查看输入数据。',
  PLACEHOLDER_REACHED: '该节点代替的是“{type}”，这里没有对应的节点。请换成其他节点，或将其禁用。',
  STOPPED_BY_NODE: '{reason}',
  HTTP_REQUEST_FAILED: '{method} {url} 无法发送：{reason}。请检查地址以及服务器是否在运行。',
  HTTP_STATUS: '{method} {url} 返回状态码 {status}。{reason}',
  HTTP_TIMEOUT: '{method} {url} 在 {limitMs} 毫秒内没有响应。请提高超时时间，或检查服务器。',
  HTTP_BLOCKED: '不允许向 {host} 发送请求：{reason}',
  HTTP_RESPONSE_INVALID: '{url} 的响应不是有效的 {format}：{reason}。可改为按文本读取以查看内容。',
  GRAPHQL_FAILED: '{url} 拒绝了查询：{reason}',
  TOKEN_INVALID: '令牌无效：{reason}',
  COMMANDS_NOT_ALLOWED:
    '此处不允许执行命令。如需允许，请在启动引擎时设置 GUIXU_ALLOW_COMMANDS=true；之后工作流可以做运行引擎的用户能做的任何事。',
  COMMAND_FAILED: '命令以退出码 {exitCode} 结束。{reason}',
  COMMAND_OUTPUT_TOO_LARGE: '命令输出超过 {limitMb} MB，已停止。请改为输出到文件。',
  FILE_FORBIDDEN:
    '文件“{path}”不在工作流可以使用的文件夹中。请放入以下文件夹，或通过 GUIXU_ALLOWED_FOLDERS 允许其他文件夹：{folders}',
  FILE_NOT_FOUND: '找不到文件“{path}”。请检查文件名，以及所在文件夹是否存在。',
  FILE_FAILED: '无法使用文件“{path}”：{reason}',
  IMAGE_INVALID: '“{field}”中的文件无法作为图片读取：{reason}',
  IMAGE_TOO_LARGE: '{width} × {height} 像素的图片过大，总像素数最多为 {limit}。',
  ARCHIVE_INVALID: '“{field}”中的文件无法解压：{reason}',
  ARCHIVE_ENCRYPTED: '“{field}”中的压缩包设有密码（“{file}”），只能解压没有密码的压缩包。',
  ARCHIVE_TOO_LARGE: '“{field}”中的压缩包解压后超过 {limitMb} MB。如果信任该文件，请在节点中提高上限。',
  ARCHIVE_TOO_MANY_FILES: '“{field}”中的压缩包包含超过 {limit} 个文件。如果信任该文件，请在节点中提高上限。',
  FILE_INVALID: '“{field}”中的文件无法作为 {format} 读取：{reason}',
  FILE_PASSWORD: '“{field}”中的文件设有密码。请在节点中填写正确的密码，或将文件另存为无密码的版本。',
  FILE_TOO_LARGE: '“{field}”中的文件（或其解压后的内容）超过 {limitMb} MB。请拆分文件，或另存为 CSV。',
  SHEET_MISSING: '“{field}”中的文件没有工作表“{sheet}”，现有工作表：{available}',
  SQL_INVALID: '无法执行该查询：{reason}',
  TASK_MEMORY: '此操作使用内存超过 {limitMb} MB，已停止。请使用较小的文件，或减少一次处理的数据项。',
  TASK_TIMEOUT: '此操作运行超过 {limitMs} 毫秒，已停止。请减少数据项，或分步处理。',
  BINARY_MISSING: '第 {itemIndex} 个数据项没有二进制字段“{field}”，现有字段：{available}',

  EXPRESSION_SYNTAX: '“{parameter}”中的表达式在第 {position} 个字符处无效：{reason}',
  EXPRESSION_FAILED: '“{parameter}”中的表达式在第 {itemIndex} 个数据项上失败：{reason}',
  EXPRESSION_REFERENCE: '“{parameter}”中的表达式引用了不存在的内容：{reason}',
  CODE_FAILED: '代码运行失败{at}：{reason}',
  CODE_SYNTAX: '代码语法有误{at}：{reason}',
  CODE_OUTPUT_INVALID: '代码必须返回对象或对象列表：{reason}',
  PYTHON_MISSING: '此安装不包含 Python。请在应用目录运行“npm install {package}”，然后重新启动。',
  RUST_MISSING:
    '此计算机没有可生成 WebAssembly 的 Rust 编译器。Debian 和 Ubuntu：“apt install rustc libstd-rust-dev-wasm32 lld”；rustup：“rustup target add wasm32-unknown-unknown”。',
  RUST_SANDBOX_MISSING:
    'Rust 只在操作系统沙箱中编译，而此处不可用（{reason}）。需要 Linux、bubblewrap（“apt install bubblewrap”）和用户命名空间。',
  RUST_INVALID: 'Rust 代码无法编译{at}：{reason}',
  SANDBOX_TIMEOUT: '代码运行超过 {limitMs} 毫秒，已停止。请检查是否有死循环，或提高时限。',
  SANDBOX_MEMORY: '代码使用内存超过 {limitMb} MB，已停止。请减少一次处理的数据项。',
  SANDBOX_OUTPUT_TOO_LARGE: '代码返回的数据超过 {limitMb} MB。请减少返回内容，或把大数据存为文件。',

  CREDENTIAL_NOT_FOUND: '凭证“{id}”已不存在，请在节点面板中另选一个。',
  CREDENTIAL_TYPE_UNKNOWN: '没有“{type}”这种凭证类型。',
  CREDENTIAL_INVALID: '凭证不完整：{reason}',
  CREDENTIAL_IN_USE: '凭证“{name}”正被以下工作流使用：{workflows}。请先在那里改选其他凭证。',
  CREDENTIAL_UNREADABLE: '无法用当前密钥解密凭证“{name}”。请恢复保存时的密钥，或重新填写。',

  DATA_FOLDER_UNWRITABLE: '数据文件夹 {path} 无法写入：{reason}。请赋予写权限，或用 --data 指定其他文件夹。',
  DATA_FOLDER_LOCKED:
    '数据文件夹 {path} 正被运行中的 GuixuFlow 使用{owner}。请使用它、停止它，或用 --data 指定其他文件夹。',
  DATABASE_TOO_NEW:
    '数据库由更新版本的 GuixuFlow 写入（结构版本 {version}，当前最高支持 {supported}）。未做任何修改，请升级 GuixuFlow。',
  BACKUP_INVALID: '无法恢复该备份：{reason}。未做任何修改。请换一个文件，或重新复制该文件。',
  BACKUP_DATABASE_MISMATCH:
    '该备份来自使用 {backup} 的安装，而当前使用 {here}。未做任何修改。使用 PostgreSQL 时，请用 pg_dump 和 pg_restore 备份和恢复数据库。',
  BACKUP_KEY_MISSING:
    '密钥不在数据文件夹中（{path}），无法加入备份。它来自系统钥匙串或 GUIXU_ENCRYPTION_KEY：请从那里另行保存，或创建不含密钥的备份。',
  DATABASE_UNREACHABLE: '无法连接数据库：{reason}。请检查 --database-url 以及服务器是否在运行。',
  PORT_IN_USE: '{host} 的端口 {port} 已被占用。请停止占用它的程序，或用 --port 换一个端口。',
  HOST_NEEDS_AUTHENTICATION:
    '监听 {host} 会让网络中的其他人访问，因此需要密钥。请设置 GUIXU_API_KEY（至少 16 个字符），或监听 127.0.0.1。',
  CONFIG_INVALID: '设置 {name} 无效：{reason}',
  ENGINE_STOPPING: 'GuixuFlow 正在关闭，请稍后再试。',
};
