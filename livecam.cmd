@echo off
rem Starts LiveCam; builds it first when there is no build yet or a source changed since. Speaks only on stderr.
setlocal
set "root=%~dp0"
set "app=%root%.build\livecam"

dotnet --list-sdks 2>nul | findstr /b /c:"10." >nul
if errorlevel 1 (
    echo LiveCam is built from source with the .NET 10 SDK, and this machine has none on its PATH. 1>&2
    echo Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and start again. 1>&2
    exit /b 1
)

rem .build\begun is older than anything the build has not seen. The folders of the projects do not count: bin and obj come and go.
powershell -NoProfile -ExecutionPolicy Bypass -Command "$begun = Get-Item -ErrorAction SilentlyContinue ($env:root + '.build\begun'); if (!$begun -or !(Test-Path ($env:app + '\LiveCam.dll'))) { exit 1 }; $files = Get-ChildItem -Recurse -File ($env:root + 'src') | Where-Object FullName -NotMatch '\\(bin|obj)\\'; $files += Get-Item ($env:root + 'Directory.*.props'), ($env:root + 'global.json'); if ($files | Where-Object LastWriteTimeUtc -gt $begun.LastWriteTimeUtc) { exit 1 }"
if not errorlevel 1 goto start

echo Building LiveCam ... 1>&2
if not exist "%root%.build" mkdir "%root%.build"
echo begun> "%root%.build\begun.new"
set "rid=win-x64"
if /i "%PROCESSOR_ARCHITECTURE%" == "ARM64" set "rid=win-arm64"
dotnet publish "%root%src\LiveCam" -c Release -r %rid% --self-contained false -p:PublishReadyToRun=true --artifacts-path "%root%.build\work" -o "%app%" -v quiet -nologo 1>&2
if errorlevel 1 (
    echo LiveCam could not be built: see the errors above. 1>&2
    exit /b 1
)
move /y "%root%.build\begun.new" "%root%.build\begun" >nul

:start
dotnet exec "%app%\LiveCam.dll" %*
exit /b %errorlevel%
