import Compiler
import Datasets
import Diagnostics
import SpecLanguage

extension Diagnostic {
    static func noMemory(_ bytes: Int) -> Diagnostic {
        Diagnostic("E3901", "the system has no memory for this run: it wants \(bytes) bytes", fix: "use fewer units or a smaller batch_size")
    }

    static func diverged(_ what: String, epoch: Int, batch: Int?, _ spec: Spec) -> Diagnostic {
        let place = "epoch \(epoch)" + (batch.map { ", batch \($0)" } ?? "")
        let value = spec.optimizer.learningRate.value
        let rate = NumberText.of(value)
        // A rate that is far too large is not mended by a tenth of it.
        let better = value <= 1 ? NumberText.of(value / 10) : spec.optimizer.type.value == .sgd ? "0.01" : "0.001"
        return Diagnostic(
            "E2001", "training diverged in \(place): \(what) is not finite", at: spec.optimizer.learningRate.range,
            label: spec.optimizer.learningRate.range == nil ? "" : "learning_rate is \(rate)",
            notes: [
                "a smaller learning_rate (now \(rate)), `normalize: zscore` for the features, or gradient_clip: {norm: 1} usually helps",
                "nothing was written; the files of the last complete run stay as they were",
            ],
            fix: "try `learning_rate: \(better)`")
    }

    static func nothingToChooseBy(_ monitor: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "W2001", "`\(monitor)` was undefined in every epoch, so there is no best one: the last was kept", at: place,
            fix: "choose another `monitor`, or hold back validation rows of every class")
    }

    static func initialWeightsLack(_ layer: Network.Layer, _ path: Sourced<String>?) -> Diagnostic {
        Diagnostic(
            "E1906", "the initial weights have no dense layer called \(layer.name)", at: layer.range,
            related: path?.range.map { [.init($0, "the initial weights")] } ?? [], fix: "give the layer the `name:` that the weights file uses")
    }

    static func initialWeightsShape(
        _ layer: Network.Layer, _ found: Matrix, hasBias: Bool, _ wanted: Network.Dense, _ path: Sourced<String>?
    ) -> Diagnostic {
        func shape(_ rows: Int, _ columns: Int, _ hasBias: Bool) -> String { "\(rows) x \(columns) with\(hasBias ? " a" : "out a") bias" }
        return Diagnostic(
            "E1907",
            "the initial weights of layer \(layer.name) are \(shape(found.rows, found.columns, hasBias)), the network wants "
                + shape(wanted.inputs, wanted.units, wanted.hasBias), at: layer.range,
            related: path?.range.map { [.init($0, "the initial weights")] } ?? [],
            fix: found.rows != wanted.inputs
                ? "the layer's inputs come from the layer or the data before it: these have to be as they were"
                : found.columns != wanted.units ? "write `units: \(found.columns)`, as in the file" : "write `bias: \(hasBias)`, as in the file")
    }
}
