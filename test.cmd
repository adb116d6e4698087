@echo off
rem Builds everything and runs every test project; the last line is the sum over all of them.
rem   test.cmd [--all] [what dotnet test takes, such as --filter FullyQualifiedName~Conv2d]
rem --all runs the long suites in full (LIVECAM_TEST_ALL=1).
setlocal enabledelayedexpansion
cd /d "%~dp0"

dotnet --list-sdks 2>nul | findstr /b /c:"10." >nul
if errorlevel 1 (
    echo LiveCam is built from source with the .NET 10 SDK, and this machine has none on its PATH. 1>&2
    echo Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and start again. 1>&2
    exit /b 1
)

rem A test that reports nothing for this long is a hang, and a failure.
set "hang=4m"
set "arguments=%*"
if defined arguments (
    set "rest=!arguments:--all=!"
    if not "!rest!" == "!arguments!" (
        set "LIVECAM_TEST_ALL=1"
        set "hang=30m"
        set "arguments=!rest!"
    )
)

set "DOTNET_NOLOGO=1"
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"
echo Building ...
dotnet build LiveCam.sln -c Release -v quiet -nologo
if errorlevel 1 (
    echo 0 passed, 0 failed, 0 skipped
    exit /b 1
)

set "early=0"
set "results=%cd%\.build\results"
if exist "%results%" rmdir /s /q "%results%"
for /d %%p in (tests\*) do if exist "%%p\%%~nxp.csproj" (
    echo %%~nxp ...
    dotnet test "%%p" -c Release --no-build --nologo --results-directory "%results%" --logger "trx;LogFileName=%%~nxp.trx" --logger "console;verbosity=minimal" --blame-hang-timeout !hang! --blame-hang-dump-type none !arguments!
    if errorlevel 1 set /a early+=1
)

rem A project that ended with an error but counts no failed test crashed, hung, or was refused: at least that many failures.
powershell -NoProfile -ExecutionPolicy Bypass -Command "$passed = 0; $failed = 0; $skipped = 0; foreach ($file in Get-ChildItem -ErrorAction SilentlyContinue ($env:results + '\*.trx')) { $c = ([xml](Get-Content -Raw $file.FullName)).TestRun.ResultSummary.Counters; $passed += [int]$c.passed; $failed += [int]$c.executed - [int]$c.passed; $skipped += [int]$c.total - [int]$c.executed }; $failed = [Math]::Max($failed, [int]$env:early); if ($passed + $failed -eq 0) { 'No test ran.' }; \"$passed passed, $failed failed, $skipped skipped\"; if ($failed -gt 0 -or $passed -eq 0) { exit 1 }"
exit /b %errorlevel%
