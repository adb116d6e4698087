using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace LiveCam.Engine.Tests;

/// <summary>xunit 2 with skipping at run time: a failure whose message begins with <see cref="Token"/> is reported as skipped.</summary>
public sealed class SkippingFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    public const string Token = "$XunitDynamicSkip$";

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> cases, IMessageSink sink, ITestFrameworkExecutionOptions options) =>
            base.RunTestCases(cases, new SkipSink(sink), options);
    }

    private sealed class SkipSink(IMessageSink inner) : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestFailed failed && failed.Messages[0].StartsWith(Token, StringComparison.Ordinal))
                message = new TestSkipped(failed.Test, failed.Messages[0][Token.Length..]);
            return inner.OnMessage(message);
        }
    }
}
