import { addMessages } from '../i18n/index.ts';
import { editorEn } from './messages.en.ts';
import { editorZhCN } from './messages.zh-CN.ts';

// Texts of the editor come with the editor, which is loaded on demand.
addMessages({ en: { editor: editorEn }, 'zh-CN': { editor: editorZhCN } });
