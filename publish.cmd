@echo off
rem Makes folders that run on machines without the .NET SDK: .build\release\livecam-SYSTEM, to be copied or packed.
rem   publish.cmd [SYSTEM]     win-x64 where none is named
setlocal
set "root=%~dp0"
set "system=%~1"
if not defined system set "system=win-x64"

dotnet --list-sdks 2>nul | findstr /b /c:"10." >nul
if errorlevel 1 (
    echo LiveCam is built from source with the .NET 10 SDK, and this machine has none on its PATH. 1>&2
    echo Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and start again. 1>&2
    exit /b 1
)

set "DOTNET_NOLOGO=1"
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"
set "folder=%root%.build\release\livecam-%system%"
if not exist "%root%.build\release" mkdir "%root%.build\release"
if exist "%folder%.partial" rmdir /s /q "%folder%.partial"
echo Publishing LiveCam for %system% ... 1>&2
dotnet publish "%root%src\LiveCam" -c Release -r %system% --self-contained true -p:PublishReadyToRun=true -p:RunAnalyzers=false --artifacts-path "%root%.build\work-release" -o "%folder%.partial" -v quiet -nologo > "%root%.build\publish.log" 2>&1
if errorlevel 1 (
    type "%root%.build\publish.log" 1>&2
    echo LiveCam for %system% could not be published: see the errors above. 1>&2
    exit /b 1
)
rem A folder that is there is whole: the new one takes its place when it is finished.
if exist "%folder%" rmdir /s /q "%folder%"
move "%folder%.partial" "%folder%" >nul
echo   %folder% 1>&2
