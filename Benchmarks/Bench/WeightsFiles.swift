import Artifacts
import Datasets
import Diagnostics
import RandomStreams
import Training

/// weights.json of a network with made-up weights: writing its text and reading it back, in memory.
enum WeightsFiles {
    /// A float32 network with such widths, the first those of the input.
    static func model(_ widths: [Int]) -> TrainedModel {
        let stream = RandomStream(seed: 1, name: "benchmark")
        var index: UInt64 = 0
        func matrix(_ rows: Int, _ columns: Int) -> Matrix {
            let values = (0..<rows * columns).map { _ -> Double in
                index += 1
                return (stream.uniform(index) * 2 - 1) / Double(rows).squareRoot()
            }
            return Matrix(rows: rows, columns: columns, values: values, precision: .float32)
        }
        let layers = zip(widths, widths.dropFirst()).enumerated().map { number, widths in
            TrainedLayer(
                name: "h\(number + 1)", type: "dense", activation: .relu, weight: matrix(widths.0, widths.1), bias: matrix(1, widths.1))
        }
        let features = (0..<widths[0]).map {
            FeatureTransform(name: "x\($0)", kind: .number(normalize: .zscore, center: 0.5, scale: 2, fill: nil), missingValues: [""])
        }
        return TrainedModel(
            task: .regression, precision: .float32, loss: "mse", preprocessing: Preprocessing(features: features, csv: CSVOptions()),
            target: .values(
                names: (0..<widths[widths.count - 1]).map { "y\($0)" }, centers: Array(repeating: 0, count: widths[widths.count - 1]),
                scales: Array(repeating: 1, count: widths[widths.count - 1])),
            layers: layers)
    }

    /// Seconds of writing and of reading, and the text's bytes.
    static func measure(_ model: TrainedModel, rounds: Int) -> (write: Double, read: Double, text: [UInt8]) {
        let text = WeightsFile.text(of: model)
        let write = shortest(of: rounds) { if WeightsFile.text(of: model).count != text.count { fail("another text") } }.seconds
        let read = shortest(of: rounds) {
            let sink = DiagnosticSink()
            guard let found = try? WeightsFile.read(text, name: "weights.json", sink: sink), found.layers.count == model.layers.count else {
                fail(sink.diagnostics.map(\.message).joined(separator: "; "))
            }
        }.seconds
        return (write, read, text)
    }
}
