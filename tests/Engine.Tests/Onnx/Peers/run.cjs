// Runs every model of a manifest in ONNX Runtime: node run.cjs MODULE FOLDER. Elements go through files of raw bytes; what came of each
// model, its outputs or the error, goes to ran.json.
const fs = require('fs'), path = require('path');
const ort = require(process.argv[2]), folder = process.argv[3];
const arrays = { float32: Float32Array, float64: Float64Array, int64: BigInt64Array, int32: Int32Array, int8: Int8Array, uint8: Uint8Array, bool: Uint8Array };

async function run(entry, index) {
    const session = await ort.InferenceSession.create(path.join(folder, entry.file), { executionProviders: ['cpu'], intraOpNumThreads: 1, logSeverityLevel: 4 });
    const feeds = {};
    for (const input of entry.inputs) {
        const bytes = fs.readFileSync(path.join(folder, input.file));
        const elements = new arrays[input.type](bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
        feeds[input.name] = new ort.Tensor(input.type, elements, input.dims);
    }
    const results = await session.run(feeds);
    const outputs = session.outputNames.map((name, i) => {
        const { type, dims, data } = results[name], file = `${index}.output${i}`;
        fs.writeFileSync(path.join(folder, file), Buffer.from(data.buffer, data.byteOffset, data.byteLength));
        return { name, type, dims, file };
    });
    await session.release();
    return { error: null, outputs };
}

(async () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json')));
    const ran = [];
    for (const [index, entry] of manifest.entries()) {
        try {
            ran.push(await run(entry, index));
        } catch (error) {
            ran.push({ error: String(error.message ?? error), outputs: [] });
        }
    }
    fs.writeFileSync(path.join(folder, 'ran.json'), JSON.stringify(ran));
})();
