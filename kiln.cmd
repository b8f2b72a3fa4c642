@echo off
rem Starts Kiln from a checkout on Windows. The bootstrap itself decides whether the bundle is up to date.
setlocal
where node >nul 2>nul || (
  echo kiln: Node.js 20.19 or newer is needed and no 'node' is on the PATH; see https://nodejs.org 1>&2
  exit /b 3
)
node "%~dp0scripts\bootstrap.mjs" || exit /b
node "%~dp0dist\kiln.cjs" %*
