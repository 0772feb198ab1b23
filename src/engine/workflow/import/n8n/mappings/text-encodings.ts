/** Encodings by the names n8n gives them; ours are those of the WHATWG Encoding Standard. */
export const TEXT_ENCODINGS: Readonly<Record<string, string>> = {
  ...{ utf8: 'utf-8', 'utf-8': 'utf-8', utf16le: 'utf-16le', 'utf-16le': 'utf-16le', 'utf-16be': 'utf-16be' },
  ...{ gb18030: 'gb18030', gb2312: 'gb18030', gbk: 'gb18030', big5: 'big5', shift_jis: 'shift_jis' },
  ...{ 'euc-jp': 'euc-jp', 'euc-kr': 'euc-kr', windows1252: 'windows-1252', windows1251: 'windows-1251' },
};
