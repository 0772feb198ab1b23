import { delimiter, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, readLocale } from './config.ts';

const HOME = { HOME: '/home/ada' };
const failure = (env: Record<string, string>) => {
  try {
    readConfig({ ...HOME, ...env });
  } catch (error) {
    return error as { code: string; facts: { name: string; reason: string } };
  }
  return null;
};

describe('readConfig', () => {
  it('has a default for everything and is frozen', () => {
    const config = readConfig(HOME);
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 5680,
      databaseUrl: null,
      apiKey: null,
      bodyLimit: 16_777_216,
      uploadLimit: 1_073_741_824,
      expressionEnv: {},
    });
    expect(config.timezone).not.toBe('');
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.runIf(process.platform === 'linux')('puts the data folder where XDG says', () => {
    expect(readConfig(HOME).dataDir).toBe('/home/ada/.local/share/guixuflow');
    expect(readConfig({ ...HOME, XDG_DATA_HOME: '/data' }).dataDir).toBe('/data/guixuflow');
    expect(readConfig({ ...HOME, XDG_DATA_HOME: 'relative' }).dataDir).toBe(
      '/home/ada/.local/share/guixuflow',
    );
    expect(readConfig({ ...HOME, GUIXU_DATA_DIR: '~/flows' }).dataDir).toBe('/home/ada/flows');
  });

  it('lets the command line win over the environment', () => {
    expect(readConfig({ ...HOME, GUIXU_PORT: '1', GUIXU_HOST: 'a' }, { port: '2' })).toMatchObject({
      port: 2,
      host: 'a',
    });
  });

  it('lets nodes use the files in its own folder, or in those it is told', () => {
    expect(readConfig({ ...HOME, GUIXU_DATA_DIR: '/data' }, { temporaryDir: '/tmp/x' })).toMatchObject({
      dataDir: '/tmp/x',
      nodeFiles: { folders: [resolve('/data/files')], closed: [resolve('/data'), '/tmp/x'] },
    });
    const folders = { ...HOME, GUIXU_ALLOWED_FOLDERS: ['~/in', '/srv/out'].join(delimiter) };
    expect(readConfig(folders).nodeFiles.folders).toEqual([resolve('/home/ada/in'), resolve('/srv/out')]);
  });

  it('lets nodes run commands only when told to, without its own settings', () => {
    const env = { ...HOME, GUIXU_API_KEY: 'a'.repeat(16), PATH: '/bin' };
    expect(readConfig(env).commandEnv).toBeNull();
    expect(readConfig({ ...env, GUIXU_ALLOW_COMMANDS: 'true' }).commandEnv).toEqual({
      ...HOME,
      PATH: '/bin',
    });
    expect(failure({ GUIXU_ALLOW_COMMANDS: 'yes' })).toMatchObject({
      facts: { name: 'GUIXU_ALLOW_COMMANDS' },
    });
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ ...HOME, GUIXU_PORT: '', GUIXU_API_KEY: '' })).toMatchObject({
      port: 5680,
      apiKey: null,
    });
  });

  it('reads sizes with and without a unit', () => {
    expect(readConfig({ ...HOME, GUIXU_BODY_LIMIT: '1000' }).bodyLimit).toBe(1000);
    expect(readConfig({ ...HOME, GUIXU_BODY_LIMIT: '2 MiB' }).bodyLimit).toBe(2_097_152);
  });

  it('shows expressions only the variables that are allowed', () => {
    const env = {
      ...HOME,
      SECRET: 's',
      REGION: 'cn',
      APP_A: '1',
      APP_B: '2',
      GUIXU_EXPRESSION_ENV: 'REGION, APP_*',
    };
    expect(readConfig(env).expressionEnv).toEqual({ REGION: 'cn', APP_A: '1', APP_B: '2' });
  });

  it.each([
    ['GUIXU_PORT', '70000'],
    ['GUIXU_PORT', 'http'],
    ['GUIXU_API_KEY', 'short'],
    ['GUIXU_TIMEZONE', 'Mars/Olympus'],
    ['GUIXU_LOG_LEVEL', 'loud'],
    ['GUIXU_BODY_LIMIT', '-1'],
    ['GUIXU_DATABASE_URL', 'mysql://x/y'],
    ['GUIXU_WEBHOOK_URL', 'ftp://example.com'],
    ['GUIXU_SQLITE_SYNCHRONOUS', 'off'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(failure({ [name]: value })).toMatchObject({ code: 'CONFIG_INVALID', facts: { name } });
  });

  it('never repeats a secret in the message', () => {
    expect(JSON.stringify(failure({ GUIXU_API_KEY: 'hunter2' })?.facts)).not.toContain('hunter2');
  });
});

describe('readLocale', () => {
  it('follows LC_ALL before LANG', () => {
    expect(readLocale({ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' })).toBe('zh-CN');
    expect(readLocale({ LANG: 'en_US.UTF-8' })).toBe('en');
  });
});
