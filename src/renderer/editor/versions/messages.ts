import { addMessages } from '../../i18n/index.ts';
import { versionsEn } from './messages.en.ts';
import { versionsZhCN } from './messages.zh-CN.ts';

addMessages({ en: { versions: versionsEn }, 'zh-CN': { versions: versionsZhCN } });
