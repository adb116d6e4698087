@echo off
rem Starts LiveCam; builds it first when there is no build yet or a source changed since. Speaks only on stderr.
setlocal
set "root=%~dp0"
set "build=%root%.build"
set "app="

dotnet --list-sdks 2>nul | findstr /b /c:"10." >nul
if errorlevel 1 (
    echo LiveCam is built from source with the .NET 10 SDK, and this machine has none on its PATH. 1>&2
    echo Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and start again. 1>&2
    exit /b 1
)

rem A build is a folder of its own, .build\app.TIME, named in .build\current: a running LiveCam keeps its files while the next one is
rem built. Its file 'begun' is older than anything the build has not seen.
rem Folders count too (a deleted source), but for the projects' own, where bin and obj come and go.
if exist "%build%\current" set /p app=<"%build%\current"
powershell -NoProfile -ExecutionPolicy Bypass -Command "$app = $env:build + '\' + $env:app; $begun = Get-Item -ErrorAction SilentlyContinue ($app + '\begun'); if (!$env:app -or !$begun -or !(Test-Path ($app + '\LiveCam.dll'))) { exit 1 }; $src = $env:root + 'src'; $files = Get-ChildItem -Recurse $src | Where-Object { $_.FullName -notmatch '\\(bin|obj)(\\|$)' -and !($_.PSIsContainer -and (Split-Path $_.FullName) -eq $src) }; $files += Get-Item ($env:root + 'Directory.*.props'), ($env:root + 'global.json'); if ($files | Where-Object { $_.LastWriteTimeUtc -gt $begun.LastWriteTimeUtc }) { exit 1 }"
if not errorlevel 1 goto start

echo Building LiveCam ... 1>&2
if not exist "%build%" mkdir "%build%"
for /f %%t in ('powershell -NoProfile -Command "[DateTime]::UtcNow.Ticks"') do set "new=app.%%t"
mkdir "%build%\%new%"
echo begun> "%build%\%new%\begun"
set "rid=win-x64"
if /i "%PROCESSOR_ARCHITECTURE%" == "ARM64" set "rid=win-arm64"
set "DOTNET_NOLOGO=1"
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"
call :publish true
if not errorlevel 1 goto built
rem Where the ahead-of-time compiler cannot be had, the program is the same and starts slower.
findstr /i "crossgen" "%build%\build.log" >nul
if errorlevel 1 goto failed
call :publish false
if errorlevel 1 goto failed

:built
>"%build%\current.new" echo %new%
move /y "%build%\current.new" "%build%\current" >nul
rem A folder whose program still runs cannot be renamed, and stays.
for /d %%d in ("%build%\app.*") do if /i not "%%~nxd" == "%new%" ren "%%d" "old.%%~nxd" 2>nul && rmdir /s /q "%build%\old.%%~nxd"
set "app=%new%"

:start
rem Class libraries of one's own lie beside the sources, where no build takes them away.
if not defined LIVECAM_PLUGINS set "LIVECAM_PLUGINS=%root%plugins"
dotnet exec "%build%\%app%\LiveCam.dll" %*
exit /b %errorlevel%

:failed
type "%build%\build.log" 1>&2
rmdir /s /q "%build%\%new%"
echo LiveCam could not be built: see the errors above. 1>&2
exit /b 1

rem Compiled ahead of time (ReadyToRun) for a fast start; --artifacts-path keeps apart from what dotnet build leaves.
:publish
dotnet publish "%root%src\LiveCam" -c Release -r %rid% --self-contained false -p:PublishReadyToRun=%1 -p:RunAnalyzers=false --artifacts-path "%build%\work" -o "%build%\%new%" -v quiet -nologo > "%build%\build.log" 2>&1
exit /b %errorlevel%
