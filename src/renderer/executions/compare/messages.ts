import { addMessages } from '../../i18n/index.ts';
import { compareEn } from './messages.en.ts';
import { compareZhCN } from './messages.zh-CN.ts';

addMessages({ en: { compare: compareEn }, 'zh-CN': { compare: compareZhCN } });
