import Compiler
import Diagnostics
import IR
import Training

/// What `nnspec plan` prints: layers with shapes and parameters, bytes by kind, the tape.
struct PlanReport {
    let setup: TrainingSetup

    init(_ setup: TrainingSetup) { self.setup = setup }

    private struct Row {
        let name, kind, shape, parameters: String
    }

    private var rows: [Row] {
        var width = setup.network.inputWidth
        var rows = [Row(name: "input", kind: "", shape: "[B, \(width)]", parameters: "")]
        for layer in setup.network.layers {
            switch layer.kind {
            case .dense(let dense):
                width = dense.units
                rows.append(
                    Row(
                        name: layer.name, kind: "dense \(dense.activation.rawValue)", shape: "[B, \(width)]",
                        parameters: "\(dense.units * (dense.inputs + (dense.hasBias ? 1 : 0)))"))
            case .activation(let name): rows.append(Row(name: layer.name, kind: name.rawValue, shape: "[B, \(width)]", parameters: "0"))
            case .dropout(let rate): rows.append(Row(name: layer.name, kind: "dropout \(rate)", shape: "[B, \(width)]", parameters: "0"))
            }
        }
        return rows
    }

    var text: String {
        let rows = rows
        func width(_ key: KeyPath<Row, String>, _ title: String) -> Int { max(title.count, rows.map { $0[keyPath: key].count }.max() ?? 0) }
        let (names, kinds, shapes) = (width(\.name, "layer"), width(\.kind, "kind"), width(\.shape, "output"))
        func line(_ a: String, _ b: String, _ c: String, _ d: String) -> String {
            "  \(padded(a, names))  \(padded(b, kinds))  \(padded(c, shapes))  \(d)".trimmedRight
        }
        var lines = ["network \(setup.spec.name.value): \(setup.network.outline)", "", line("layer", "kind", "output", "parameters")]
        lines += rows.map { line($0.name, $0.kind, $0.shape, $0.parameters) }
        lines += [
            "",
            "loss \(setup.network.loss), optimizer \(setup.rule.optimizer?.rawValue ?? "lbfgs"), batches of \(setup.batchRows) rows, "
                + "\(setup.precision.rawValue), \(setup.network.parameterCount) parameters", "", "memory in bytes",
        ]
        if let folds = setup.allFolds {
            lines[lines.count - 1] = "memory in bytes, of \(folds) folds with \(setup.foldsAtOnce) at once"
        }
        let counts = setup.byteCounts + [("total", setup.totalByteCount)]
        let longest = counts.map { $0.name.count }.max() ?? 0
        let digits = counts.map { "\($0.bytes)".count }.max() ?? 0
        lines += counts.map { "  \(padded($0.name, longest))  \(String(repeating: " ", count: digits - "\($0.bytes)".count))\($0.bytes)" }
        let saved = setup.plan.unsharedArenaByteCount
        lines += [
            "  (the arena holds \(setup.plan.byteCount(.arena)) bytes for \(saved) bytes of values, shared by liveness)", "", "tape of one step",
        ]
        lines += setup.plan.instructions.enumerated().map { "  \($0.offset): \($0.element.op)  # \($0.element.name)" }
        return lines.joined(separator: "\n") + "\n"
    }

    var json: String {
        let layers = rows.map { row in
            JSONText.object([
                ("name", JSONText.quoted(row.name)), ("kind", JSONText.quoted(row.kind)), ("output", JSONText.quoted(row.shape)),
                ("parameters", row.parameters.isEmpty ? "0" : row.parameters),
            ])
        }
        let bytes = setup.byteCounts.map { ($0.name, "\($0.bytes)") } + [("total", "\(setup.totalByteCount)")]
        let folds = setup.allFolds.map { [("folds", "\($0)"), ("folds_at_once", "\(setup.foldsAtOnce)")] } ?? []
        return JSONText.object(
            [
                ("name", JSONText.quoted(setup.spec.name.value)), ("parameters", "\(setup.network.parameterCount)"),
                ("batch_rows", "\(setup.batchRows)"),
            ] + folds + [
                ("layers", JSONText.array(layers)), ("bytes", JSONText.object(bytes)),
                ("tape", JSONText.strings(setup.plan.instructions.map { "\($0.op)" })),
            ]) + "\n"
    }
}

extension String {
    /// Without the blanks at its end.
    var trimmedRight: String {
        var copy = self
        while copy.last == " " { copy.removeLast() }
        return copy
    }
}

/// A text with blanks behind it up to a width.
func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
