import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findProgram, type ProgramFiles } from '../../../client/cluster/exec-program.ts';

/** A Windows that has these files. */
function windows(contents: Readonly<Record<string, string>>): ProgramFiles {
  return {
    platform: 'win32',
    exists: (path) => Promise.resolve(Object.hasOwn(contents, path)),
    read: (path) => Promise.resolve(contents[path] ?? ''),
  };
}

const env = { Path: 'relative;C:\\sdk\\bin;"C:\\tools";C:\\node' };

suite('the program of an exec plugin', () => {
  test('elsewhere than on Windows the system finds it', async () => {
    const files: ProgramFiles = { ...windows({}), platform: 'linux' };
    assert.deepEqual(await findProgram('kubelogin', env, files), { file: 'kubelogin' });
  });

  test('is looked for on the path, never in the current folder', async () => {
    const files = windows({ 'C:\\tools\\kubelogin.exe': '', 'relative\\kubelogin.exe': '' });
    assert.deepEqual(await findProgram('kubelogin', env, files), { file: 'C:\\tools\\kubelogin.exe' });
    assert.deepEqual(await findProgram('kubelogin.exe', env, files), { file: 'C:\\tools\\kubelogin.exe' });
    assert.equal(await findProgram('other', env, files), null);
    assert.equal(await findProgram('kubelogin', {}, files), null);
  });

  test('a program anywhere on the path goes before a script', async () => {
    const files = windows({ 'C:\\sdk\\bin\\auth.cmd': 'python x.py', 'C:\\tools\\auth.exe': '' });
    assert.deepEqual(await findProgram('auth', env, files), { file: 'C:\\tools\\auth.exe' });
  });

  test('a script that calls one program, and does nothing else, is that program', async () => {
    const scripts = [
      '@echo off\r\n"%~dp0auth-tool.exe" %*\r\n',
      '@"C:\\sdk\\bin\\auth-tool.exe" %*',
      ':: made by a tool\n@ECHO OFF\nREM calls it\nsetlocal\n%~dp0\\auth-tool.exe %*\nexit /b %errorlevel%\n',
    ];
    for (const script of scripts) {
      const files = windows({ 'C:\\sdk\\bin\\auth.cmd': script, 'C:\\sdk\\bin\\auth-tool.exe': '' });
      assert.deepEqual(await findProgram('auth', env, files), { file: 'C:\\sdk\\bin\\auth-tool.exe' }, script);
    }
  });

  test('any other script is named, not started', async () => {
    const scripts = [
      '@echo off\r\npython "%~dp0az.py" %*',
      '"%~dp0gone.exe" %*',
      '"%~dp0tool.exe" --extra %*',
      '"%~dp0tool.exe" %*\r\ndel C:\\x',
      '"%HOME%\\tool.exe" %*',
      'tool.exe %*',
    ];
    for (const script of scripts) {
      const files = windows({ 'C:\\sdk\\bin\\az.cmd': script, 'C:\\sdk\\bin\\tool.exe': '' });
      assert.deepEqual(await findProgram('az', env, files), { script: 'C:\\sdk\\bin\\az.cmd' }, script);
    }
    const powershell = windows({ 'C:\\tools\\login.ps1': '"C:\\tools\\x.exe" %*', 'C:\\tools\\x.exe': '' });
    assert.deepEqual(await findProgram('C:\\tools\\login.ps1', env, powershell), { script: 'C:\\tools\\login.ps1' });
  });
});
