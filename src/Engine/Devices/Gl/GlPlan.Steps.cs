using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

public sealed unsafe partial class GlPlan
{
    private abstract class GlStep : IDisposable
    {
        public abstract void Run();
        public virtual void Dispose() { }
    }

    /// <summary>One or more dispatches: use program, bind ranges, dispatch, a barrier only where memory demands it.</summary>
    private sealed class DispatchStep : GlStep
    {
        private readonly GL gl;
        private readonly List<Dispatch> dispatches = [];

        private sealed record Dispatch(GlProgram Program, uint[] Buffers, nint[] Offsets, nuint[] Sizes, Groups Groups, bool Barrier);

        public DispatchStep(GlPlan plan, Node node, ShaderCall first, GlBuffer? scratch, Hazards hazards)
        {
            gl = plan.device.Gl;
            for (ShaderCall? call = first; call is not null; call = call.Next)
            {
                var ranges = new List<Touched>();
                foreach (Binding binding in call.Bindings)
                    switch (binding)
                    {
                        case Binding.Input input:
                            ranges.Add(plan.Touch(node.Inputs[input.Index], written: false));
                            break;
                        case Binding.Output output:
                            ranges.Add(plan.Touch(node.Outputs[output.Index], written: true));
                            break;
                        case Binding.Derived weights:
                            GlBuffer buffer = plan.Packed(plan.Lowered.Graph.Parameters[node.Inputs[weights.Index]], new(weights.Key, weights.Floats, weights.Pack, weights.Copies));
                            ranges.Add(new(buffer, weights.OffsetBytes, weights.Bytes, false));
                            break;
                        case Binding.Workspace work:
                            ranges.Add(new(scratch!, WorkspaceOffset(first, work.Index), work.Bytes, true));
                            break;
                    }
                foreach (Touched range in ranges)
                    plan.device.Caps.CheckStorageRange($"{node.Op.Name} \"{node.Name}\"", range.Offset, range.Bytes, range.Buffer.Bytes);
                plan.StorageBindings = Math.Max(plan.StorageBindings, ranges.Count);
                dispatches.Add(new(plan.device.Program(call.File, call.Defines),
                    [.. ranges.Select(range => range.Buffer.Name)], [.. ranges.Select(range => (nint)range.Offset)],
                    [.. ranges.Select(range => (nuint)range.Bytes)], call.Groups, hazards.Touch(ranges)));
            }
        }

        public override void Run()
        {
            foreach (Dispatch dispatch in dispatches)
            {
                if (dispatch.Barrier)
                    gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
                gl.UseProgram(dispatch.Program.Name);
                fixed (uint* buffers = dispatch.Buffers)
                fixed (nint* offsets = dispatch.Offsets)
                fixed (nuint* sizes = dispatch.Sizes)
                    gl.BindBuffersRange(GLEnum.ShaderStorageBuffer, 0, (uint)dispatch.Buffers.Length, buffers, offsets, sizes);
                gl.DispatchCompute((uint)dispatch.Groups.X, (uint)dispatch.Groups.Y, (uint)dispatch.Groups.Z);
            }
        }
    }

    /// <summary>An operation GLSL has no types for: its inputs come to the host, run there, and the results go back.</summary>
    private sealed class HostStep : GlStep
    {
        private readonly GlPlan plan;
        private readonly Node node;
        private readonly Plan host;
        private readonly List<Value> read = [];

        public HostStep(GlPlan plan, Node node)
        {
            (this.plan, this.node) = (plan, node);
            var graph = new Graph();
            var inputs = new Value[node.Inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
            {
                Value value = node.Inputs[i];
                if (!value.Exists)
                    inputs[i] = Value.None;
                else if (plan.Lowered.Graph.Parameters.TryGetValue(value, out Parameter? parameter))
                    inputs[i] = graph.Parameter(parameter);
                else if (graph.TryFind($"{value.Id}", out Value again))
                    inputs[i] = again;
                else
                {
                    ValueInfo info = plan.Lowered[value];
                    inputs[i] = graph.Input($"{value.Id}", info.Type, Ints.Create(info.Shape.Span));
                    read.Add(value);
                }
            }
            string?[] names = [.. node.Outputs.Select((value, i) => value.Exists ? $"output {i}" : null)];
            foreach (Value output in graph.Add(node.Op, node.Name, names, inputs))
                if (output.Exists)
                    graph.Output(graph.NameOf(output), output);
            host = plan.Lowered.CompileHost(graph, plan.device.Host);
        }

        public override void Run()
        {
            plan.device.Gl.MemoryBarrier(MemoryBarrierMask.BufferUpdateBarrierBit | MemoryBarrierMask.ShaderStorageBarrierBit);
            foreach (Value value in read)
                host.Write($"{value.Id}", plan.Download(value));
            host.Run();
            for (int i = 0; i < node.Outputs.Length; i++)
                if (node.Outputs[i].Exists)
                    plan.Upload(node.Outputs[i], host.Read($"output {i}"));
        }

        public override void Dispose() => host.Dispose();
    }
}
