using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Training;

/// <summary>
/// A training run in one file: magic, step, rate factor, usual loss, note, then name, shape and float32 elements of everything a step
/// changes, then a SHA-256 of all before it. Little-endian.
/// </summary>
internal static class Checkpoint
{
    private const int MostText = 1 << 20, MostNote = 1 << 28, HashBytes = 32;

    private static ReadOnlySpan<byte> Magic => "LIVECKP1"u8;

    public sealed record Header(long Step, double RateFactor, double Usual, string Note);

    /// <summary>Under a temporary name first, flushed to the disk, then renamed: an old checkpoint stays whole until the new one is.</summary>
    public static void Write(string path, Header header, IReadOnlyList<Parameter> state)
    {
        if (Encoding.UTF8.GetByteCount(header.Note) > MostNote)
            throw new LiveCamException($"Saving {path}: its note has {header.Note.Length} letters, but at most {MostNote} bytes are kept.");
        WholeFile.Write(path, "Saving the checkpoint", file =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            void Put(ReadOnlySpan<byte> bytes)
            {
                hash.AppendData(bytes);
                file.Write(bytes);
            }
            void Number(long number)
            {
                Span<byte> bytes = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
                Put(bytes);
            }
            void Text(string text)
            {
                Number(Encoding.UTF8.GetByteCount(text));
                Put(Encoding.UTF8.GetBytes(text));
            }
            Put(Magic);
            Number(header.Step);
            Number(BitConverter.DoubleToInt64Bits(header.RateFactor));
            Number(BitConverter.DoubleToInt64Bits(header.Usual));
            Text(header.Note);
            Number(state.Count);
            foreach (Parameter parameter in state)
            {
                Text(parameter.Name);
                Text(parameter.Shape.ToString());
                Put(parameter.Value.Bytes.Span);
            }
            file.Write(hash.GetHashAndReset());
        });
    }

    /// <summary>Reads a file that was written for the same parameters, all of it before anything is changed.</summary>
    public static Header Read(string path, IReadOnlyList<Parameter> state) => Open(path, reader => reader.Read(state));

    /// <summary>Reads how far a run came, without its tensors and therefore without proof that the file is whole.</summary>
    public static Header ReadHeader(string path) => Open(path, reader => reader.ReadHeader());

    private static Header Open(string path, Func<Reader, Header> read)
    {
        try
        {
            using var file = PlainFile.OpenRead(path);
            using var reader = new Reader(path, file);
            return read(reader);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Reading the checkpoint {path}: {error.Message}", error);
        }
    }

    private sealed class Reader(string path, FileStream file) : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long left = file.Length - HashBytes;

        public void Dispose() => hash.Dispose();

        public Header ReadHeader()
        {
            if (left < Magic.Length || !Get(Magic.Length).AsSpan().SequenceEqual(Magic))
                throw Error("it is no checkpoint of LiveCam");
            var header = new Header(Number(), BitConverter.Int64BitsToDouble(Number()), BitConverter.Int64BitsToDouble(Number()), Text("note", MostNote));
            return header.Step is >= 0 and <= 1L << 24 && header.RateFactor is > 0 and <= 1 ? header
                : throw Error($"it claims step {header.Step} and a rate of {header.RateFactor} of the schedule's");
        }

        public Header Read(IReadOnlyList<Parameter> state)
        {
            Header header = ReadHeader();
            long count = Number();
            if (count != state.Count)
                throw Error($"it holds {count} tensors, but this network and optimizer have {state.Count}. Was it written with other options?");
            var tensors = new Tensor[state.Count];
            for (int i = 0; i < tensors.Length; i++)
            {
                (string name, string shape) = (Text("name"), Text("shape"));
                if (name != state[i].Name || shape != state[i].Shape.ToString())
                    throw Error($"its tensor {i} is \"{name}\" {shape}, but \"{state[i].Name}\" {state[i].Shape} is expected. Was it written for another network?");
                tensors[i] = new(ElementType.Float32, state[i].Shape, Get((long)state[i].Shape.ElementCount * 4));
            }
            if (left != 0)
                throw Error($"{left} bytes follow its last tensor");
            var stored = new byte[HashBytes];
            file.ReadExactly(stored);
            if (!hash.GetHashAndReset().AsSpan().SequenceEqual(stored))
                throw Error("its checksum does not fit its contents");
            ParameterUpdates.Together(() =>
            {
                foreach ((Parameter parameter, Tensor tensor) in state.Zip(tensors))
                    parameter.Assign(tensor);
            });
            return header;
        }

        private byte[] Get(long count)
        {
            if (count < 0 || count > left)
                throw Error($"it ends {count - left} bytes early");
            left -= count;
            var bytes = new byte[count];
            file.ReadExactly(bytes);
            hash.AppendData(bytes);
            return bytes;
        }

        private long Number() => BinaryPrimitives.ReadInt64LittleEndian(Get(8));

        private string Text(string what, int most = MostText)
        {
            long length = Number();
            return length >= 0 && length <= most ? Encoding.UTF8.GetString(Get(length)) : throw Error($"its {what} claims {length} bytes");
        }

        private LiveCamException Error(string facts) => new($"Reading the checkpoint {path}: {facts}.");
    }
}
